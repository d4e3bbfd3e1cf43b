/// What stands behind a ``CallContext``: how a call reaches its client in the era of its request.
protocol CallChannel: Sendable {
    var client: ClientCapabilities { get }

    /// Time that went by while a person was asked; nobody's deadline should run then.
    var waited: Duration { get }

    func progress(_ progress: Progress)

    func log(_ message: LogMessage) async

    func ask(_ questions: [Question], usage: AnswerUsage) async throws(RequestFailure) -> [String: InputAnswer]

    func continueAsTask() throws(RequestFailure)

    func release()

    /// Runs work to its end although the client is gone.
    func finish(_ work: @escaping @Sendable () async -> Void) async

    func issueConfirmation(excluding argument: String) throws(RequestFailure) -> String

    func redeemConfirmation(_ token: String, excluding argument: String) async throws(RequestFailure) -> Bool
}

struct Progress: Sendable {
    var value: Double
    var total: Double?
    var message: String?
}

struct LogMessage: Sendable {
    var level: LogLevel
    var logger: String?
    var data: JSONValue
}

/// A question with the name its answer will have.
public struct Question: Sendable {
    public let key: String
    public let request: InputRequest

    public init(_ key: String, _ request: InputRequest) {
        self.key = key
        self.request = request
    }
}

/// How often an answer may be used.
public enum AnswerUsage: Sendable {
    /// A client that sends its request again may give the same answer again.
    case repeatable
    /// For a change: the answer counts only with the sealed state of the question it belongs to, and once on all front
    /// doors.
    case once
}

/// For contexts outside a request: nobody hears, and nobody can be asked.
struct NoChannel: CallChannel {
    var client: ClientCapabilities { ClientCapabilities() }
    var waited: Duration { .zero }

    func progress(_ progress: Progress) {}

    func log(_ message: LogMessage) async {}

    func ask(_ questions: [Question], usage: AnswerUsage) async throws(RequestFailure) -> [String: InputAnswer] {
        throw .rpc(.missingCapability(of: questions, client))
    }

    func continueAsTask() throws(RequestFailure) {}

    func release() {}

    func finish(_ work: @escaping @Sendable () async -> Void) async {
        await work()
    }

    func issueConfirmation(excluding argument: String) throws(RequestFailure) -> String {
        throw .rpc(.internalError)
    }

    func redeemConfirmation(_ token: String, excluding argument: String) async throws(RequestFailure) -> Bool {
        false
    }
}

extension RPCError {
    /// What the client would have to declare for these questions.
    static func missingCapability(of questions: [Question], _ client: ClientCapabilities) -> RPCError {
        var required = JSONObject()
        for question in questions {
            for member in question.request.missing(in: client)?.members ?? [] { required[member.name] = member.value }
        }
        return missingCapability(required)
    }

    static func missingCapability(_ required: JSONObject) -> RPCError {
        let names = required.members.map(\.name).joined(separator: ", ")
        return RPCError(
            code: Code.missingClientCapability,
            message: "The request needs a capability that the client did not declare: \(names)",
            data: .object(["requiredCapabilities": .object(required)]))
    }
}
