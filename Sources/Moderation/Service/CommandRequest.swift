public import Contracts

/// A command as it came over the bus.
public struct CommandRequest: Sendable {
    public let id: MessageID
    /// Unix milliseconds; nil: none.
    public let deadline: CommandDeadline
    public let trace: TraceContext
    public let command: WireCommand

    public init(id: MessageID, deadline: CommandDeadline, trace: TraceContext = .none, command: WireCommand) {
        self.id = id
        self.deadline = deadline
        self.trace = trace
        self.command = command
    }
}
