import Contracts

/// All connections and sessions of the gateway. Pure: what to send comes out of `takeOutputs()`.
/// Source: <https://discord.com/developers/docs/events/gateway>
struct GatewayHub: Sendable {
    /// Source: <https://discord.com/developers/docs/events/gateway#rate-limiting>
    static let sendsPerMinute = 120
    /// Source: <https://discord.com/developers/docs/events/gateway#sending-events>
    static let largestPayload = 4096
    /// How long a session without a connection can be resumed; Discord says "a few minutes".
    static let sessionMemory: Double = 300

    struct Settings: Sendable {
        var heartbeatInterval: Double = 41.25
        /// One IDENTIFY in so many seconds (max_concurrency is 1).
        var identifyWindow: Double = 5
        /// Source: <https://discord.com/developers/docs/events/gateway#session-start-limit-object>
        var identifiesPerDay = 1000
        var maxConcurrency = 1
        /// A bot with fewer shards is told that sharding is required.
        var fewestShards = 1
    }

    /// What a client asked of the world.
    enum Wish: Equatable, Sendable {
        case joinVoice(Snowflake, channel: Snowflake)
        case leaveVoice(Snowflake, guild: Snowflake)
    }

    enum Output: Equatable, Sendable {
        case send(UInt64, [UInt8])
        case half(UInt64, [UInt8])
        case close(UInt64, CloseCode)
        /// TCP ends without a close frame.
        case cut(UInt64)
    }

    struct Connection: Sendable {
        let openedAt: Timestamp
        var session: String?
        var lastHeartbeat: Timestamp
        var sends: [Timestamp] = []
        var acknowledges = true
        var isClosing = false
        /// Payloads that wait until another one went ahead.
        var held: [[UInt8]] = []
    }

    private struct IdentifyBucket: Hashable {
        let bot: Snowflake
        let bucket: Int
    }

    let settings: Settings
    private(set) var connections: [UInt64: Connection] = [:]
    var sessions: [String: GatewaySession] = [:]
    private var outputs: [Output] = []
    private var lastIdentify: [IdentifyBucket: Timestamp] = [:]
    private(set) var identifies = 0
    private var budgetOpened: Timestamp?
    private var budgetUsed = 0
    private var wishes: [Wish] = []
    /// How many of the next IDENTIFYs are refused with op 9.
    var identifiesToRefuse = 0
    var lastFullList: [Snowflake: Timestamp] = [:]

    init(settings: Settings = Settings()) { self.settings = settings }

    mutating func takeOutputs() -> [Output] {
        defer { outputs.removeAll(keepingCapacity: true) }
        return outputs
    }

    mutating func takeWishes() -> [Wish] {
        defer { wishes = [] }
        return wishes
    }

    mutating func wish(_ wish: Wish) { wishes.append(wish) }

    mutating func open(_ id: UInt64, version: String?, now: Timestamp) {
        connections[id] = Connection(openedAt: now, lastHeartbeat: now)
        guard version == nil || version == "10" || version == "9" else { return close(id, .invalidVersion) }
        send(id, op: 10, ["heartbeat_interval": .int(Int(settings.heartbeatInterval * 1000))])
    }

    /// The client or the network ended it. 1000 and 1001 end the session as well.
    mutating func closed(_ id: UInt64, code: UInt16?, now: Timestamp) {
        guard let connection = connections.removeValue(forKey: id), let session = connection.session else { return }
        guard sessions[session]?.connection == id else { return }
        // The answer to our own close frame says nothing about the session.
        if !connection.isClosing, code == 1000 || code == 1001 {
            sessions[session] = nil
        } else {
            sessions[session]?.connection = nil
            sessions[session]?.detachedAt = now
        }
    }

    /// Lets go of silent connections and of sessions that nobody resumed.
    mutating func tick(now: Timestamp) {
        for (id, connection) in connections where !connection.isClosing {
            guard now - connection.lastHeartbeat > settings.heartbeatInterval * 1.75 else { continue }
            // A session stays resumable; a connection that never had one is told to start anew.
            close(id, connection.session == nil ? .sessionTimedOut : .unknownError)
        }
        sessions = sessions.filter { session in
            session.value.detachedAt.map { now - $0 < Self.sessionMemory || session.value.connection != nil } ?? true
        }
    }

    mutating func close(_ id: UInt64, _ code: CloseCode) {
        connections[id]?.isClosing = true
        outputs.append(.close(id, code))
    }

    mutating func cut(_ id: UInt64) {
        connections[id]?.isClosing = true
        outputs.append(.cut(id))
    }

    mutating func send(_ id: UInt64, op: Int, _ data: JSONValue) {
        send((["op": .int(op), "d": data, "s": nil, "t": nil] as JSONValue).utf8, to: id)
    }

    mutating func dispatch(_ session: String, _ name: String, _ data: [UInt8], isReplayable: Bool = true) {
        guard let payload = sessions[session]?.number(name, data, isReplayable: isReplayable) else { return }
        if let connection = sessions[session]?.connection { send(payload, to: connection) }
    }

    /// Whatever was held back goes out right after.
    mutating func send(_ payload: [UInt8], to id: UInt64) {
        outputs.append(.send(id, payload))
        guard let held = connections[id]?.held, !held.isEmpty else { return }
        connections[id]?.held = []
        outputs.append(contentsOf: held.map { .send(id, $0) })
    }

    mutating func hold(_ payload: [UInt8], on id: UInt64) { connections[id]?.held.append(payload) }

    /// Half a payload, and the connection is gone.
    mutating func breakOff(_ id: UInt64) {
        guard let session = connections[id]?.session, let last = sessions[session]?.last else { return cut(id) }
        connections[id]?.isClosing = true
        outputs.append(.half(id, last))
    }

    mutating func replay(_ payloads: [[UInt8]], to id: UInt64) {
        for payload in payloads { send(payload, to: id) }
    }

    mutating func attach(_ id: UInt64, to session: String) {
        if let old = sessions[session]?.connection, old != id {
            connections[old]?.session = nil
            cut(old)
        }
        connections[id]?.session = session
        connections[id]?.held = []
        sessions[session]?.connection = id
        sessions[session]?.detachedAt = nil
    }

    /// Counts a send; false when it is one too many.
    mutating func countSend(_ id: UInt64, now: Timestamp) -> Bool {
        connections[id]?.sends.removeAll { now - $0 >= 60 }
        connections[id]?.sends.append(now)
        return (connections[id]?.sends.count ?? 0) <= Self.sendsPerMinute
    }

    mutating func heartbeat(_ id: UInt64, now: Timestamp) {
        connections[id]?.lastHeartbeat = now
        if connections[id]?.acknowledges == true { send(id, op: 11, nil) }
    }

    /// False when this bucket of shards identified less than a window ago.
    mutating func countIdentify(of bot: Snowflake, shard: Int, now: Timestamp) -> Bool {
        if identifiesToRefuse > 0 {
            identifiesToRefuse -= 1
            return false
        }
        let bucket = IdentifyBucket(bot: bot, bucket: shard % max(1, settings.maxConcurrency))
        if let last = lastIdentify[bucket], now - last < settings.identifyWindow { return false }
        lastIdentify[bucket] = now
        identifies += 1
        if budgetOpened.map({ now - $0 >= Timestamp.secondsPerDay }) ?? true {
            budgetOpened = now
            budgetUsed = 0
        }
        budgetUsed += 1
        return true
    }

    /// Milliseconds until the count starts anew; a day when nobody has begun it.
    func identifyBudget(now: Timestamp) -> (left: Int, resetAfter: Int) {
        guard let opened = budgetOpened, now - opened < Timestamp.secondsPerDay else {
            return (settings.identifiesPerDay, Int(Timestamp.secondsPerDay) * 1000)
        }
        let left = max(0, settings.identifiesPerDay - budgetUsed)
        return (left, Int((opened + Timestamp.secondsPerDay - now) * 1000))
    }

    /// Op 9. A session that can not be resumed is forgotten.
    mutating func invalidate(_ id: UInt64, resumable: Bool) {
        if !resumable, let session = connections[id]?.session {
            sessions[session] = nil
            connections[id]?.session = nil
        }
        send(id, op: 9, .bool(resumable))
    }

    mutating func stopAcknowledging() {
        for id in connections.keys { connections[id]?.acknowledges = false }
    }
}
