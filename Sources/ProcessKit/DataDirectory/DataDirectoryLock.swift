import Glibc

/// One stack on one data directory: held from ``acquire(in:)`` until the process ends or ``release()``.
public struct DataDirectoryLock: ~Copyable {
    private let descriptor: Int32

    /// Takes `run/lock` and writes this process's id into it.
    /// - Throws: ``ConfigurationFault`` with the process id of the stack that holds it.
    public static func acquire(in directory: DataDirectory) throws(ConfigurationFault) -> DataDirectoryLock {
        let path = "\(directory.run)/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ConfigurationFault("\(path): \(SystemError.message(errno)).") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            let holder = FileText.read(path).map { String($0.trimmingSpaces()) } ?? "unknown"
            throw ConfigurationFault(
                "The data directory \(directory.path) is in use by the stack with process id \(holder). Stop it with "
                    + "`kill \(holder)`, or choose another directory with --data-dir.")
        }
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        text.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        return DataDirectoryLock(descriptor: descriptor)
    }

    /// Gives the directory free.
    public consuming func release() {}

    deinit { close(descriptor) }
}
