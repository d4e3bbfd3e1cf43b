/// The configuration cannot be used as it is. The process ends with ``ExitStatus/wrongConfiguration``.
public struct ConfigurationFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence each, with what to do. Never the value of a secret.
    public let problems: [String]

    public init(_ problems: [String]) {
        self.problems = problems
    }

    public init(_ problem: String) {
        self.init([problem])
    }

    public var description: String {
        problems.joined(separator: "\n")
    }
}
