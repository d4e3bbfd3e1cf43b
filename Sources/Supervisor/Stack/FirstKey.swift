import Contracts
import SharedState

/// The key that a new stack begins with.
enum FirstKey {
    /// Makes it when there has never been any key.
    /// - Returns: its text, which exists nowhere else; nil when there are keys already.
    static func make(redisURL: String) async throws -> String? {
        try await withRedisClient(redisURL) { client in
            let keys = KeyStore(redis: client)
            guard try await keys.list().isEmpty else { return nil }
            var random = SystemRandomNumberGenerator()
            let request = KeyRequest(name: "first key", level: .admin, note: "Made at the first start.")
            return try await keys.create(request, using: &random).key.text
        }
    }
}
