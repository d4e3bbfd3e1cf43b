/// Where each process listens on the bus.
public struct BusAddresses: Hashable, Sendable {
    /// Commands: front doors connect, the executor binds.
    public var commands: String
    /// Queries and event replays: front doors and executor connect, the gateway binds.
    public var queries: String
    /// Events: the gateway publishes.
    public var events: String
    /// Audit records: everyone connects, the audit writer binds.
    public var records: String

    public init(commands: String, queries: String, events: String, records: String) {
        self.commands = commands
        self.queries = queries
        self.events = events
        self.records = records
    }

    /// Unix sockets in one directory (mode 0700; the path of a socket has at most 107 bytes).
    public init(directory: String) {
        self.init(
            commands: "ipc://\(directory)/executor.sock",
            queries: "ipc://\(directory)/gateway.sock",
            events: "ipc://\(directory)/events.sock",
            records: "ipc://\(directory)/audit.sock"
        )
    }
}
