public import Contracts

/// One line of JSON to a running stack's control socket.
public struct ControlRequest: Hashable, Sendable, Codable {
    public enum Verb: String, Sendable, Codable {
        case status
        case restart
        case roll
        case stop
    }

    public var verb: Verb
    public var role: ProcessRole?

    public init(_ verb: Verb, role: ProcessRole? = nil) {
        self.verb = verb
        self.role = role
    }
}

/// The answer, one line too; it comes when the command is carried out.
public struct ControlReply: Hashable, Sendable, Codable {
    /// Nil: done.
    public var error: String?
    public var processes: [ChildStatus]?

    public init(error: String? = nil, processes: [ChildStatus]? = nil) {
        self.error = error
        self.processes = processes
    }
}
