#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Begins, finds and ends legacy sessions.
struct Sessions: Sendable {
    let sealer: any SessionSealer
    let revocations: any SessionRevocations
    let lifetime: Duration
    /// Unix seconds.
    let now: @Sendable () -> Int64

    static let systemTime: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

    /// A new session's id.
    func begin(_ version: ProtocolVersion.Legacy, for caller: Caller) -> String {
        let id =
            String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
        let expiry = now() + lifetime.components.seconds
        return sealer.seal(SessionClaims(id: id, version: version, principal: caller.id, expiry: expiry).text)
    }

    /// The session, when it goes on and belongs to this caller. One of somebody else's is as unknown as a forged one.
    func find(_ sessionID: String, for caller: Caller) async throws(Problem) -> SessionClaims? {
        guard let claims = sealer.open(sessionID).flatMap(SessionClaims.init), claims.principal == caller.id,
            claims.expiry > now()
        else { return nil }
        return try await revocations.isRevoked(claims.id) ? nil : claims
    }

    func end(_ session: SessionClaims) async throws(Problem) {
        try await revocations.revoke(session.id, until: session.expiry)
    }
}
