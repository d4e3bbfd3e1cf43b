/// A task's record as a store keeps it.
public struct StoredTask: Sendable, Equatable {
    public let id: String
    /// Rises with each change.
    public let revision: Int64
    /// Unix seconds; the record may be forgotten after that.
    public let expiry: Int64
    /// JSON.
    public let content: [UInt8]

    public init(id: String, revision: Int64, expiry: Int64, content: [UInt8]) {
        self.id = id
        self.revision = revision
        self.expiry = expiry
        self.content = content
    }
}

/// Keeps tasks for all front doors, so that any of them can tell of a task, and one that is killed loses only the work
/// it had under way.
public protocol TaskStore: Sendable {
    func read(_ id: String) async throws(Problem) -> StoredTask?

    /// Writes a record durably, when the kept one still has the revision it was made from.
    /// - Parameter replaced: nil: there must be none yet.
    /// - Returns: false when somebody else was faster.
    func write(_ task: StoredTask, replacing replaced: Int64?) async throws(Problem) -> Bool
}

/// For one process.
public actor InMemoryTaskStore: TaskStore {
    private var tasks: [String: StoredTask] = [:]
    private let now: @Sendable () -> Int64

    /// - Parameter unixTime: seconds.
    public init(unixTime: (@Sendable () -> Int64)? = nil) {
        now = unixTime ?? Sessions.systemTime
    }

    public func read(_ id: String) async throws(Problem) -> StoredTask? {
        tasks[id].flatMap { $0.expiry > now() ? $0 : nil }
    }

    public func write(_ task: StoredTask, replacing replaced: Int64?) async throws(Problem) -> Bool {
        guard tasks[task.id]?.revision == replaced else { return false }
        if tasks.count > 1000 {
            let now = now()
            tasks = tasks.filter { $0.value.expiry > now }
        }
        tasks[task.id] = task
        return true
    }
}
