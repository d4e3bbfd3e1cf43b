/// The tasks extension (SEP-2663).
enum TasksExtension {
    static let name = "io.modelcontextprotocol/tasks"

    /// What a client must declare, as `requiredCapabilities` tells it.
    static let requirement: JSONObject = ["extensions": .object([name: .object([:])])]
}

/// Whether calls of a tool may become tasks, for clients that know them.
public enum TaskSupport: Sendable, Equatable {
    case never
    /// Each call does, before the tool runs.
    /// - required: a client that does not know tasks cannot call the tool; else it waits for the result.
    case always(required: Bool)
    /// The tool says when, see ``CallContext/continueAsTask()``.
    case whenSaid(required: Bool)

    func escalation(for client: ClientCapabilities, isServed: Bool) -> TaskEscalation {
        switch self {
        case .never: .none
        case .always(let required), .whenSaid(let required):
            if isServed, client.hasExtension(TasksExtension.name) { .offered } else { required ? .refused : .none }
        }
    }
}
