/// What comes on top of the hand-written guild "Harbor", for benchmarks. Messages take no memory until they are changed.
public struct SandboxGrowth: Equatable, Sendable {
    /// Older messages, spread over the open channels.
    public var messages = 0
    /// Further members of "Harbor".
    public var members = 0
    /// Further text channels of "Harbor"; Discord allows 500 in all.
    public var channels = 0
    /// Further small guilds that the bot is in.
    public var guilds = 0

    /// Nothing on top.
    public init() {}
}
