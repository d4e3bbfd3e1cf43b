/// How a child process ended.
public enum ChildExit: Hashable, Sendable, CustomStringConvertible {
    case status(Int32)
    case signal(Int32)
    /// It ended, and another reaped it.
    case unknown
    /// It could not be started at all: the errno in words.
    case notStarted(String)

    /// `EX_CONFIG` of sysexits: starting again does not help.
    static let wrongConfiguration: Int32 = 78
    /// s6's sign for a permanent failure.
    static let permanentFailure: Int32 = 125

    var isPermanent: Bool {
        switch self {
        case .status(Self.wrongConfiguration), .status(Self.permanentFailure), .notStarted: true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .status(let code): "exit status \(code)"
        case .signal(let number): "signal \(number)"
        case .unknown: "status unknown"
        case .notStarted(let reason): "could not be started: \(reason)"
        }
    }
}
