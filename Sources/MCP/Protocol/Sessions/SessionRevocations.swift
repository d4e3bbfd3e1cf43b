/// Remembers sessions that their clients ended, on all front doors.
public protocol SessionRevocations: Sendable {
    /// - Parameter id: the session's own id, not the sealed text.
    /// - Throws: 503 when nobody can tell now.
    func isRevoked(_ id: String) async throws(Problem) -> Bool

    /// - Parameter expiry: unix seconds; nothing need be remembered after that.
    /// - Throws: 503 when it could not be written down.
    func revoke(_ id: String, until expiry: Int64) async throws(Problem)
}
