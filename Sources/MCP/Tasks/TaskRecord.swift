/// Everything that is known of one task.
struct TaskRecord: Sendable, Equatable {
    enum Status: String, Sendable {
        case working
        case inputRequired = "input_required"
        case completed, failed, cancelled

        var isFinal: Bool {
            switch self {
            case .working, .inputRequired: false
            case .completed, .failed, .cancelled: true
            }
        }
    }

    let id: String
    /// The caller who began it, and the only one who may know of it.
    let principal: String
    /// Unix milliseconds.
    let created: Int64
    var updated: Int64
    let timeToLive: Int64
    let pollInterval: Int64
    var status = Status.working
    var statusMessage: String?
    /// Open questions: the JSON object of each by its key.
    var questions = JSONObject()
    /// Answers that the task has not taken yet.
    var answers = JSONObject()
    /// The finished `result` or `error`.
    var outcome: JSONValue?
    /// Unix milliseconds: whoever runs the task is taken for dead after that.
    var lease: Int64

    /// - Parameter detailed: with questions, result and error, as `tasks/get` tells them.
    func write(to writer: inout JSONWriter, detailed: Bool) {
        writer.member("taskId", id)
        writer.member("status", status.rawValue)
        writer.member("statusMessage", ifPresent: statusMessage)
        writer.member("createdAt", Timestamp.text(created))
        writer.member("lastUpdatedAt", Timestamp.text(updated))
        writer.member("ttlMs", timeToLive)
        writer.member("pollIntervalMs", pollInterval)
        guard detailed else { return }
        switch status {
        case .inputRequired: writer.member("inputRequests", .object(questions))
        case .completed: writer.member("result", outcome ?? .object([:]))
        case .failed: writer.member("error", outcome ?? .object([:]))
        case .working, .cancelled: break
        }
    }
}

extension TaskRecord {
    init?(_ content: [UInt8]) {
        guard let value = try? JSONReader.read(content, limits: JSONLimits(depth: 128, values: 1_000_000)),
            let id = value["id"]?.string, let principal = value["principal"]?.string,
            let created = value["created"]?.integer, let updated = value["updated"]?.integer,
            let timeToLive = value["ttl"]?.integer, let pollInterval = value["poll"]?.integer,
            let status = value["status"]?.string.flatMap(Status.init), let lease = value["lease"]?.integer
        else { return nil }
        self.init(
            id: id, principal: principal, created: created, updated: updated, timeToLive: timeToLive,
            pollInterval: pollInterval, status: status, statusMessage: value["message"]?.string,
            questions: value["questions"]?.object ?? [:], answers: value["answers"]?.object ?? [:],
            outcome: value["outcome"], lease: lease)
    }

    var content: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("id", id)
            writer.member("principal", principal)
            writer.member("created", created)
            writer.member("updated", updated)
            writer.member("ttl", timeToLive)
            writer.member("poll", pollInterval)
            writer.member("status", status.rawValue)
            writer.member("message", ifPresent: statusMessage)
            writer.member("questions", .object(questions))
            writer.member("answers", .object(answers))
            if let outcome { writer.member("outcome", outcome) }
            writer.member("lease", lease)
        }
        return writer.bytes
    }
}
