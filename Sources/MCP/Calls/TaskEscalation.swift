/// What ``CallContext/continueAsTask()`` does in a call that is no task yet.
enum TaskEscalation: Sendable {
    /// The tool runs to its end in the request.
    case none
    /// The client knows tasks: the call stops here and begins again as one.
    case offered
    /// The client does not know tasks, and the tool requires them.
    case refused

    func escalate() throws(RequestFailure) {
        switch self {
        case .none: break
        case .offered: throw .interrupted(CallInterruption(reason: .task))
        case .refused: throw .rpc(.missingCapability(TasksExtension.requirement))
        }
    }
}
