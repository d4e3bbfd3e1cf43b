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

    static func systemMilliseconds() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1000)
    }

    static let systemTime: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

    /// A new session's id.
    func begin(
        _ version: ProtocolVersion.Legacy,
        for caller: Caller,
        client: ClientCapabilities = ClientCapabilities()
    ) -> String {
        let claims = SessionClaims(
            id: RandomName.next(), version: version, principal: caller.id,
            expiry: now() + lifetime.components.seconds, client: client)
        return sealer.seal(claims.text)
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
