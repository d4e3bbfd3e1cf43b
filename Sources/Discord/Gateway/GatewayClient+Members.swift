public import Contracts
import NIOConcurrencyHelpers

extension GatewayClient {
    typealias MemberResult = Result<MemberAnswer, MemberRequestFailure>

    /// Asks Discord for members of a guild of this shard, waits while Discord's limits or a reconnect make it wait, and
    /// returns when the last of them was handed to `apply`'s queue. Cancelling gives the request up.
    public func requestMembers(
        of guild: Snowflake,
        _ selection: MemberSelection = .all
    ) async throws(MemberRequestFailure) -> MemberAnswer {
        lastRequest += 1
        let id = lastRequest
        let actions = try machine.request(id: id, guild: guild, selection, at: now)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters.withLockedValue { $0[id] = continuation }
                if Task.isCancelled { answer(id, .failure(.stopped)) } else { perform(actions) }
            }
        } onCancel: {
            waiters.withLockedValue { $0.removeValue(forKey: id) }?.resume(returning: .failure(.stopped))
        }
        if result == .failure(.stopped) { machine.members.remove(id: id) }
        return try result.get()
    }

    func answer(_ id: UInt64, _ result: MemberResult) {
        waiters.withLockedValue { $0.removeValue(forKey: id) }?.resume(returning: result)
    }

    func endRequests() {
        for id in machine.members.removeAll() { answer(id, .failure(.stopped)) }
    }
}
