public import Glibc

/// A file that could not be written.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let code: Int32

    public init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    public var description: String { "\(path): \(SystemError.message(code))" }
}

/// Files that a reader sees whole or not at all.
public enum AtomicFile {
    /// Writes beside the file, syncs, and renames over it.
    /// - Parameter mode: 0600 keeps secrets from other users.
    public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(FileFault) {
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileFault(path: draft, code: errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                let code = errno
                close(descriptor)
                unlink(draft)
                throw FileFault(path: draft, code: code)
            }
        }
        let synced = fsync(descriptor) == 0
        close(descriptor)
        guard synced, rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw FileFault(path: path, code: code)
        }
    }
}
