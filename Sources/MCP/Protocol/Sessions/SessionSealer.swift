/// Makes a session id that any front door accepts: the claims and a signature of them, in visible ASCII.
public protocol SessionSealer: Sendable {
    /// - Parameter claims: short JSON text.
    func seal(_ claims: String) -> String

    /// The claims, when the id was sealed with a key this front door knows; nil for anything else.
    func open(_ sessionID: String) -> String?
}
