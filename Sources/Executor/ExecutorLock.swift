import Glibc
import ProcessKit

/// One executor on one data directory: two with the same ledger would both believe that a command is theirs.
struct ExecutorLock {
    private let descriptor: Int32

    /// - Throws: `ConfigurationFault` with the process id of the executor that holds it.
    init(directory: String) throws(ConfigurationFault) {
        let path = "\(directory)/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ConfigurationFault("\(path): \(SystemError.message(errno)).") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 16)
            let count = max(0, pread(descriptor, &text, text.count, 0))
            close(descriptor)
            let holder = String(decoding: text.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            throw ConfigurationFault("\(directory) is in use by the executor with process id \(holder). Stop it first.")
        }
        let text = Array("\(getpid())\n".utf8)
        // The number is for people; the lock does not depend on it.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
        self.descriptor = descriptor
    }

    /// Once; the end of the process does it otherwise.
    func release() {
        close(descriptor)
    }
}
