@testable import Discord

/// Discord's side of the gateway, with faults, on simulated time; remembers what a client must never do.
struct ModelGateway {
    enum Reply {
        case frame(GatewayFrame)
        case closed(Int?)
    }

    static let interval = 1000

    private(set) var violations: [String] = []
    private var identifies = 0
    private var lastIdentify: Duration?
    /// Sequence of the newest event of each session.
    private(set) var newest: [String: Int] = [:]
    /// A client that knows one of these must not identify.
    private(set) var resumable: Set<String> = []
    private var current: String?
    private var sends: [Duration] = []
    private var hasGreeted = false
    private var lastList: [String: Duration] = [:]

    mutating func accept() -> GatewayFrame {
        current = nil
        sends = []
        hasGreeted = true
        return GatewayFrame(opcode: 10, data: Array(#"{"heartbeat_interval": \#(Self.interval)}"#.utf8))
    }

    /// What a client sends; `fault` 0...1 decides what goes wrong.
    mutating func receive(_ action: GatewayStateMachine.Action, at now: Duration, fault: Double) -> [Reply] {
        sends.removeAll { $0 + .seconds(60) <= now }
        sends.append(now)
        if sends.count > 120 { violations.append("more than 120 sends in a minute") }
        if !hasGreeted { violations.append("sent before HELLO") }
        switch action {
        case .heartbeat: return fault < 0.05 ? [] : [.frame(GatewayFrame(opcode: 11))]
        case .identify: return identify(at: now, fault: fault)
        case .resume(let session): return resume(session, fault: fault)
        case .send(let payload): return members(payload, at: now, fault: fault)
        default: return []
        }
    }

    /// An event of the running session.
    mutating func event() -> Reply? {
        guard let current, let sequence = newest[current] else { return nil }
        newest[current] = sequence + 1
        return .frame(GatewayFrame(opcode: 0, sequence: sequence + 1, name: "E", data: Array("{}".utf8)))
    }

    /// The session ends without the client's doing.
    mutating func forget(_ id: String?) {
        if let id { resumable.remove(id) }
    }

    /// An event that is lost on the way, and the next one: only a resume brings the first.
    mutating func lostEvent() -> Reply? {
        guard event() != nil else { return nil }
        return event()
    }

    /// A new process of the client's: the limits go on.
    mutating func clientRestarted() {
        disconnected()
    }

    mutating func disconnected() {
        current = nil
        hasGreeted = false
    }

    private mutating func members(_ payload: [UInt8], at now: Duration, fault: Double) -> [Reply] {
        let request = GatewayFrame(json: payload).flatMap { JSONMembers(object: $0.data) }
        guard let current, var sequence = newest[current], let nonce = request?.plainString("nonce"),
            let guild = request?.plainString("guild_id")
        else {
            violations.append("an unreadable request, or one before READY")
            return []
        }
        if let last = lastList[guild], now - last < .seconds(30) { violations.append("a list twice in 30 seconds") }
        lastList[guild] = now
        var replies: [Reply] = []
        func reply(_ name: String, _ data: String) {
            sequence += 1
            replies.append(
                .frame(GatewayFrame(opcode: 0, sequence: sequence, name: name, data: Array(data.utf8))))
        }
        if fault < 0.1 {
            reply("RATE_LIMITED", #"{"opcode": 8, "retry_after": 3, "meta": {"nonce": "\#(nonce)"}}"#)
        } else {
            for index in 0..<3 where fault > 0.2 || index < 2 {
                reply(
                    "GUILD_MEMBERS_CHUNK",
                    #"{"nonce": "\#(nonce)", "chunk_index": \#(index), "chunk_count": 3, "members": [{}]}"#)
            }
        }
        newest[current] = sequence
        return replies
    }

    private mutating func identify(at now: Duration, fault: Double) -> [Reply] {
        if let lastIdentify, now - lastIdentify < .seconds(5) { violations.append("two IDENTIFYs in 5 seconds") }
        lastIdentify = now
        identifies += 1
        if fault < 0.1 { return [.frame(GatewayFrame(opcode: 9, data: Array("false".utf8)))] }
        let id = "s\(identifies)"
        current = id
        newest[id] = 1
        resumable = [id]
        let ready = #"{"user": {"id": "1"}, "session_id": "\#(id)", "resume_gateway_url": "ws://r", "guilds": []}"#
        return [.frame(GatewayFrame(opcode: 0, sequence: 1, name: "READY", data: Array(ready.utf8)))]
    }

    private mutating func resume(_ session: GatewaySession, fault: Double) -> [Reply] {
        guard resumable.contains(session.id), let newest = newest[session.id] else {
            return [.frame(GatewayFrame(opcode: 9, data: Array("false".utf8)))]
        }
        if session.sequence > newest { violations.append("RESUME beyond what was sent") }
        if fault < 0.1 { return [.frame(GatewayFrame(opcode: 9, data: Array("true".utf8)))] }
        if fault < 0.15 {
            resumable = []
            return [.closed(fault < 0.12 ? 4007 : 4009)]
        }
        current = session.id
        var replies: [Reply] = []
        // A replay may repeat the last event.
        for sequence in max(2, session.sequence)..<(newest + 1) where sequence <= newest {
            replies.append(
                .frame(GatewayFrame(opcode: 0, sequence: sequence, name: "E", data: Array("{}".utf8))))
        }
        self.newest[session.id] = newest + 1
        replies.append(
            .frame(GatewayFrame(opcode: 0, sequence: newest + 1, name: "RESUMED", data: Array("{}".utf8))))
        return replies
    }
}
