import Contracts
import Glibc
import ProcessKit
import SharedState

/// The key that a new stack begins with.
struct FirstKey {
    let directory: DataDirectory
    let journal: OperatorJournal

    /// Makes it when this data directory has never had one, and Redis has no key: a Redis that lost its keys must not
    /// make a stack give out a new one that may do everything.
    /// - Returns: its text, which exists nowhere else; nil when there is none to make.
    /// - Throws: also when it is not in the audit log.
    func make(redisURL: String) async throws -> String? {
        guard access(marker, F_OK) != 0 else { return nil }
        return try await withRedisClient(redisURL) { client in
            let keys = KeyStore(redis: client)
            guard try await keys.isEmpty() else {
                try mark()
                return nil
            }
            // First: a start that ends here makes no second one.
            try mark()
            var random = SystemRandomNumberGenerator()
            let request = KeyRequest(name: "first key", level: .admin, note: "Made at the first start.")
            let issued = try await keys.create(request, using: &random)
            do {
                // A machine that starts everything for the first time may be slow.
                try await journal.record("create_key", of: issued.record, within: .seconds(10))
            } catch {
                try await keys.revoke(issued.record.id)
                throw error
            }
            return issued.key.text
        }
    }

    private var marker: String { "\(directory.keys)/first_key_made" }

    private func mark() throws {
        let descriptor = open(marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("\(marker) cannot be written: \(String(cString: strerror(errno))).")
        }
        close(descriptor)
    }
}
