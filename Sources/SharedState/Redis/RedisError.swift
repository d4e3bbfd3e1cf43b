/// Why a Redis command gave no value.
public enum RedisError: Error, Hashable, Sendable {
    /// No connection. The command was not carried out, or it is unknown whether it was when the connection broke.
    case unavailable(reason: String)
    /// No answer in time. The command may still be carried out.
    case timeout
    /// More commands are in flight than the client allows. Nothing was sent.
    case busy
    /// The caller's task was cancelled. The command may still be carried out.
    case cancelled
    /// Redis refused the command, in its own words.
    case server(message: String)
    /// The answer does not have the form that the command promises.
    case protocolViolation(reason: String)

    /// Whether it is Redis that is away, not the command that is wrong.
    public var isOutage: Bool {
        switch self {
        case .unavailable, .timeout, .busy: true
        case .cancelled, .server, .protocolViolation: false
        }
    }
}

extension RedisError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable(let reason): "Redis cannot be reached: \(reason)"
        case .timeout: "Redis did not answer in time"
        case .busy: "too many Redis commands are in flight"
        case .cancelled: "the Redis command was cancelled"
        case .server(let message): "Redis refused the command: \(message)"
        case .protocolViolation(let reason): "Redis gave an unexpected answer: \(reason)"
        }
    }
}
