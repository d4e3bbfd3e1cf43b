public import Contracts

/// The executor's own look-up of what a key may do: what a front door says about it does not count.
public protocol GrantDirectory: Sendable {
    /// nil: there is no such key, or it was revoked.
    ///
    /// - Throws: `unavailable` when it cannot be found out; the change is then refused.
    func grant(for principal: WirePrincipal) async throws(WireError) -> AccessGrant?
}
