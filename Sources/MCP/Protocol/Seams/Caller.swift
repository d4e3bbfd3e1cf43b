/// Who sent a request, as the ``CallerAuthenticator`` found out.
public struct Caller: Sendable {
    /// Names the principal; sessions are bound to it.
    public let id: String
    /// What the front door knows of the caller. The protocol core hands it on and never looks into it.
    public let payload: any Sendable

    public init(id: String, payload: any Sendable) {
        self.id = id
        self.payload = payload
    }
}
