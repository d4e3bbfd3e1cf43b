/// Why the log cannot be written or read.
public struct AuditLogError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// Damage that a crash cannot explain: rot or tampering. The log is left as it is.
        case damaged
        /// Written by a newer version of this program. Nothing was touched.
        case newerFormat
        /// The operating system refused.
        case io
        /// An earlier fdatasync failed: its pages may be lost, so nothing more is acknowledged until a restart re-reads the log.
        case failed
        /// Another writer has the log open.
        case locked
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
