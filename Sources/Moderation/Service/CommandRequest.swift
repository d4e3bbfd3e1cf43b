public import Contracts

/// A command as it came over the bus.
public struct CommandRequest: Sendable {
    /// The header's id, by which a repeated command is known.
    public let id: MessageID
    /// Unix milliseconds; nil: none.
    public let deadline: CommandDeadline
    /// The caller's, for the audit records.
    public let trace: TraceContext
    /// What is asked for, and by whom.
    public let command: WireCommand

    /// - Parameter deadline: unix milliseconds; nil: none.
    public init(id: MessageID, deadline: CommandDeadline, trace: TraceContext = .none, command: WireCommand) {
        self.id = id
        self.deadline = deadline
        self.trace = trace
        self.command = command
    }
}
