import HTTPTypes

/// Keeps the tasks' records, for this front door and with the others.
struct TaskDesk: Sendable {
    /// How long a runner may be silent before it is taken for dead.
    static let lease: Int64 = 60_000
    private static let pollInterval: Int64 = 1000
    private static let maximumTries = 50

    let store: any TaskStore
    let timeToLive: Duration
    /// Unix milliseconds.
    let now: @Sendable () -> Int64
    /// Tells everybody that a record is another now.
    let changed: @Sendable (TaskRecord) async -> Void

    /// Makes a record, durably.
    func open(for caller: Caller) async throws(Problem) -> TaskRecord {
        let time = now()
        let record = TaskRecord(
            id: RandomName.next(), principal: caller.id, created: time, updated: time,
            timeToLive: Int64(timeToLive / .milliseconds(1)), pollInterval: Self.pollInterval, lease: time + Self.lease)
        guard try await store.write(stored(record, revision: 1), replacing: nil) else {
            throw Problem(.serviceUnavailable, detail: "The task could not be written down. Try again.")
        }
        return record
    }

    /// - Returns: nil when there is no such task, or it is somebody else's.
    func record(_ id: String, of caller: Caller? = nil) async throws(Problem) -> TaskRecord? {
        guard let stored = try await store.read(id), let record = TaskRecord(stored.content),
            caller == nil || record.principal == caller?.id
        else { return nil }
        guard !record.status.isFinal, record.lease < now() else { return record }
        return try await change(id) { record in
            record.status = .failed
            record.statusMessage = "The server that ran the task is gone."
            record.outcome = RPCError.internalError.json
        }
    }

    /// Changes a record that is not final.
    /// - Returns: the record as it is now; nil when there is none. A final one stays as it is.
    @discardableResult
    func change(
        _ id: String,
        silently: Bool = false,
        _ change: (inout TaskRecord) -> Void
    ) async throws(Problem) -> TaskRecord? {
        for _ in 0..<Self.maximumTries {
            guard let kept = try await store.read(id), var record = TaskRecord(kept.content) else { return nil }
            guard !record.status.isFinal else { return record }
            change(&record)
            if !silently { record.updated = max(now(), record.updated) }
            guard try await store.write(stored(record, revision: kept.revision + 1), replacing: kept.revision) else {
                continue
            }
            if !silently { await changed(record) }
            return record
        }
        throw Problem(.serviceUnavailable, detail: "The task changes too fast. Try again.")
    }

    private func stored(_ record: TaskRecord, revision: Int64) -> StoredTask {
        StoredTask(
            id: record.id, revision: revision, expiry: (record.created + record.timeToLive) / 1000 + 60,
            content: record.content)
    }
}

extension RPCError {
    var json: JSONValue {
        var object: JSONObject = ["code": .number(JSONNumber(code)), "message": .string(message)]
        object["data"] = data
        return .object(object)
    }
}
