import Bus
import Contracts
import Crypto
import FoundationEssentials
import MCP
import Tools

/// The tools' backend over the bus: queries to the gateway, commands to the executor, records to the audit writer.
struct BusBackend: ToolBackend {
    let queries: GatewayQueries
    let commands: BusClient
    let mirror: DirectoryMirror
    let journal: AccessJournal
    /// Unix milliseconds.
    let now: @Sendable () -> Int64

    func ask(_ query: WireQuery, context: CallContext) async throws(WireError) -> FinishedAnswer {
        let (reply, attachment) = try await queries.ask(
            query, deadline: deadline(context), trace: TraceContext(context.trace))
        return try FinishedAnswer(reply.answer, attachment: attachment)
    }

    func perform(_ command: WireCommand, context: CallContext) async throws(WireError) -> FinishedAnswer {
        var command = command
        command.argumentsDigest = Data(command.digest)
        let answer = try await commands.request(
            kind: .command, body: command.wireBytes, id: command.id(now: now), deadline: deadline(context),
            trace: TraceContext(context.trace))
        let reply = try WireCommandReply(wireBytes: answer.body)
        if case .error(let error)? = reply.outcome { throw error }
        // Who reads right after a change finds it: the answer waits until the gateway process has stored its event.
        for id in reply.messageIds {
            let type = command.sendMessage.channelID == 0 ? "MESSAGE_DELETE" : "MESSAGE_CREATE"
            await mirror.arrivals.wait(for: .init(type: type, messageID: id), atMost: .milliseconds(500))
        }
        return try FinishedAnswer(reply.answer, attachment: answer.attachment)
    }

    func guild(of channel: Snowflake, context: CallContext) async throws(WireError) -> Snowflake? {
        let known: WireDirectoryChannel
        if let mirrored = mirror.channel(channel) {
            known = mirrored
        } else {
            known = try await queries.channel(channel, deadline: deadline(context))
            mirror.learn(known)
        }
        return known.guildID == 0 ? nil : Snowflake(known.guildID)
    }

    func record(_ call: CallRecord, caller: Caller, trace: TraceParent?) {
        guard let grant = caller.grant else { return }
        var record = WireAuditRecord()
        record.kind = call.isDenial ? .denied : .access
        record.principal = grant.principal
        record.tool = call.tool.name
        record.guildID = call.guild?.rawValue ?? 0
        record.channelID = call.channel?.rawValue ?? 0
        record.outcome = call.outcome
        record.detail = call.detail
        record.traceID = Data(TraceContext(trace).traceBytes)
        journal.post(record)
    }

    private func deadline(_ context: CallContext) -> Int64 {
        let left = ContinuousClock.now.duration(to: context.deadline)
        return now() + max(0, left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000)
    }
}

extension WireCommand {
    /// The same key from the same caller is the same command; without one each call is its own.
    func id(now: () -> Int64) -> MessageID {
        guard !idempotencyKey.isEmpty else {
            var random = SystemRandomNumberGenerator()
            return .make(unixMilliseconds: now(), using: &random)
        }
        return MessageID(digest: Array(SHA256.hash(data: Array("\(principal.keyID)\n\(idempotencyKey)".utf8))))
    }

    /// SHA-256 over tool and arguments: what the same idempotency key must stand for again.
    var digest: [UInt8] {
        var bare = WireCommand()
        bare.tool = tool
        bare.body = body
        return Array(SHA256.hash(data: bare.wireBytes))
    }
}

extension TraceContext {
    init(_ parent: TraceParent?) {
        guard let parent else {
            self = .none
            return
        }
        self.init(traceHigh: parent.traceHigh, traceLow: parent.traceLow, span: parent.span)
    }
}

extension FinishedAnswer {
    init(_ answer: WireToolAnswer, attachment: [UInt8]?) throws(WireError) {
        guard let attachment else { throw WireError(.internal, "The answer came without its data.") }
        self.init(text: answer.text, structured: attachment, source: answer.source)
    }
}
