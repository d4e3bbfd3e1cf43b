import Glibc
public import Logging
import NIOConcurrencyHelpers

/// Writes each log event as one line to standard error.
public struct ProcessLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogFormat
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: where a finished line goes; standard error unless a test says otherwise.
    public init(
        label: String,
        level: Logger.Level,
        format: LogFormat,
        write: @escaping @Sendable ([UInt8]) -> Void = ProcessLogHandler.writeToStandardError
    ) {
        self.label = label
        self.format = format
        self.write = write
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let given = event.metadata { all.merge(given) { _, new in new } }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let line = LogLine(
            time: now, level: event.level, label: label, message: event.message.description, metadata: all)
        write(line.bytes(format))
    }

    private static let lock = NIOLock()

    /// One line at a time: a pipe takes more than 4096 bytes in pieces, and two threads' pieces would mix.
    @Sendable public static func writeToStandardError(_ bytes: [UInt8]) {
        lock.withLock {
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
