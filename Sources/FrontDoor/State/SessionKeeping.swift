import FoundationEssentials
import HTTPTypes
import MCP
import SharedState

/// Seals the session ids of older clients with a key that all front doors have.
struct SignedSessions: SessionSealer {
    let signer: SessionSigner

    func seal(_ claims: String) -> String {
        // Base64url is visible ASCII, whatever the claims hold.
        let payload = Data(claims.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        // An empty id is never accepted back; claims too long for one do not occur.
        return signer.sign(payload) ?? ""
    }

    func open(_ sessionID: String) -> String? {
        guard var payload = signer.verify(sessionID) else { return nil }
        payload = payload.replacing("-", with: "+").replacing("_", with: "/")
        payload += String(repeating: "=", count: (4 - payload.count % 4) % 4)
        return Data(base64Encoded: payload).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Remembers in Redis which sessions were ended, so that every front door refuses them.
struct SharedRevocations: SessionRevocations {
    let redis: RedisClient
    /// Unix seconds.
    let now: @Sendable () -> Int64

    func isRevoked(_ id: String) async throws(Problem) -> Bool {
        // Asked only after the gate let the caller in, which without Redis means: to read, and within the last minute.
        // The key counts there; an ended session would add nothing to what it may do.
        do {
            return try await redis.send(RedisCommand("EXISTS", Self.name(id))).integer == 1
        } catch {
            return false
        }
    }

    func revoke(_ id: String, until expiry: Int64) async throws(Problem) {
        do {
            _ = try await redis.send(RedisCommand("SET", Self.name(id), "1", "EX", String(max(1, expiry - now()))))
        } catch {
            throw Self.unavailable
        }
    }

    private static func name(_ id: String) -> String {
        "dmcp:ended-session:\(id)"
    }

    private static let unavailable = Problem(
        .serviceUnavailable, title: "Sessions cannot be checked", detail: "Try again in a few seconds.",
        headers: [.retryAfter: "2"])
}
