/// How a process ends.
public enum ExitStatus: Int32, Hashable, Sendable {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    /// A required child failed for good: whoever started the stack should start it again. `EX_SOFTWARE` of sysexits.
    case childFailed = 70
    /// Starting again does not help. `EX_CONFIG` of sysexits.
    case wrongConfiguration = 78
}
