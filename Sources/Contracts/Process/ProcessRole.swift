/// The kinds of process of one stack. The raw value is the name in commands, logs and `status --json`.
public enum ProcessRole: String, Hashable, Sendable, CaseIterable, Codable {
    case supervisor
    case redis
    case audit
    case sandbox
    case gateway
    case executor
    case frontDoor = "front-door"

    public var name: String { rawValue }

    /// The file name of the program that plays the role; `redis-server` is the system's.
    public var program: String {
        switch self {
        case .supervisor: "discord-mcp"
        case .redis: "redis-server"
        default: "discord-mcp-\(rawValue)"
        }
    }
}

extension ProcessRole: CustomStringConvertible {
    public var description: String { rawValue }
}
