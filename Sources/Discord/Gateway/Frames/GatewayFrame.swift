import JSONCore

/// One gateway payload: `op`, `s`, `t` read, `d` left as it came.
/// Source: <https://discord.com/developers/docs/events/gateway-events#payload-structure>
struct GatewayFrame: Hashable, Sendable {
    enum Opcode: Int, Sendable {
        case dispatch = 0
        case heartbeat = 1
        case identify = 2
        case resume = 6
        case reconnect = 7
        case requestGuildMembers = 8
        case invalidSession = 9
        case hello = 10
        case heartbeatAcknowledged = 11
    }

    var opcode: Int
    var sequence: Int?
    var name: String?
    var data: [UInt8]

    init(opcode: Int, sequence: Int? = nil, name: String? = nil, data: [UInt8] = Array("null".utf8)) {
        self.opcode = opcode
        self.sequence = sequence
        self.name = name
        self.data = data
    }

    /// Nil: not a payload. Copies what `d` holds and nothing else.
    init?(json: UnsafeRawBufferPointer) {
        var opcode: Int64?
        var sequence: Int64?
        var name: String?
        var data: Range<Int>?
        do {
            try JSONCursor.read(json.assumingMemoryBound(to: UInt8.self)) { cursor in
                try cursor.members { member, cursor in
                    switch member {
                    case "op": opcode = try cursor.integer()
                    case "s": if try !cursor.takesNull() { sequence = try cursor.integer() }
                    case "t": name = try cursor.optionalString()
                    case "d": data = try cursor.skip()
                    default: break
                    }
                }
            }
        } catch {
            return nil
        }
        guard let opcode else { return nil }
        self.init(
            opcode: Int(opcode), sequence: sequence.map { Int($0) }, name: name,
            data: data.map { Array(json[$0]) } ?? Array("null".utf8))
    }

    init?(json: [UInt8]) {
        guard let frame = json.withUnsafeBytes({ GatewayFrame(json: $0) }) else { return nil }
        self = frame
    }
}
