/// Where a server keeps what must outlive a request. The defaults are for a server that is alone; several front doors
/// share what is behind these, so that any of them may serve any request.
public struct MCPState: Sendable {
    public var ring: SealRing
    public var sealer: any SessionSealer
    public var revocations: any SessionRevocations
    public var sessions: any SessionStore
    public var singleUse: any SingleUse
    public var mailbox: any Mailbox
    /// Nil: a lost stream cannot be resumed.
    public var events: (any EventStore)?
    /// Nil: no tasks.
    public var tasks: (any TaskStore)?

    public init(
        ring: SealRing,
        sealer: any SessionSealer,
        revocations: any SessionRevocations,
        sessions: any SessionStore = InMemorySessionStore(),
        singleUse: any SingleUse = InMemorySingleUse(),
        mailbox: any Mailbox = InMemoryMailbox(),
        events: (any EventStore)? = nil,
        tasks: (any TaskStore)? = nil
    ) {
        self.ring = ring
        self.sealer = sealer
        self.revocations = revocations
        self.sessions = sessions
        self.singleUse = singleUse
        self.mailbox = mailbox
        self.events = events
        self.tasks = tasks
    }
}
