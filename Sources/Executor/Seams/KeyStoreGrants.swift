import Contracts
import Logging
import Moderation
import SharedState

/// The keys in Redis. While Redis is away nobody can be verified, so nothing is changed.
struct KeyStoreGrants: GrantDirectory {
    let keys: KeyStore
    let logger: Logger

    func grant(for principal: WirePrincipal) async throws(WireError) -> AccessGrant? {
        do {
            return try await keys.grant(forKeyID: principal.keyID)
        } catch {
            logger.warning("key cannot be verified", metadata: [LogKey.error: "\(error)"])
            throw WireError(
                .unavailable, "The key cannot be verified because Redis cannot be reached. Nothing was done.",
                hint: "Try again in a few seconds; the operator should look at Redis.", retryAfterSeconds: 2)
        }
    }
}
