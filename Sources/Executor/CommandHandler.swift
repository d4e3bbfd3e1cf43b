import Bus
import Contracts
import Moderation

/// From a message of the bus to the service and back.
struct CommandHandler: Sendable {
    let service: ModerationService

    func respond(to request: BusRequest) async -> BusResponse {
        guard request.header.kind == .command, let command = try? WireCommand(wireBytes: request.body) else {
            var reply = WireCommandReply()
            reply.error = WireError(
                .invalidArgument, "The executor takes commands only, and this is none.",
                hint: "Front door and executor must be of the same version.")
            return .reply(reply.wireBytes)
        }
        let answer = await service.perform(
            CommandRequest(
                id: request.header.id, deadline: request.header.deadline == 0 ? nil : request.header.deadline,
                trace: request.header.trace, command: command))
        return .reply(answer.reply.wireBytes, attachment: answer.attachment)
    }
}
