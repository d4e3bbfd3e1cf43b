public import Contracts

/// A guild as the archive keeps it.
public struct GuildRecord: Hashable, Sendable {
    public var id: Snowflake
    public var name: String
    public var ownerID: Snowflake
    public var memberCount: Int
    /// Discord has an outage for this guild: what is known stays, but nothing new arrives.
    public var isUnavailable: Bool

    public init(id: Snowflake, name: String, ownerID: Snowflake, memberCount: Int, isUnavailable: Bool = false) {
        self.id = id
        self.name = name
        self.ownerID = ownerID
        self.memberCount = memberCount
        self.isUnavailable = isUnavailable
    }
}

/// Everything that one GUILD_CREATE says: replaces what was known of the guild, except its messages.
public struct GuildSnapshot: Hashable, Sendable {
    public var guild: GuildRecord
    public var roles: [RoleRecord]
    /// Channels and active threads.
    public var channels: [ChannelRecord]
    /// Few of them in a large guild; members that are not listed stay known.
    public var members: [MemberRecord]
    /// The channels and threads whose messages the bot is sent from now on.
    public var visibleChannels: Set<Snowflake>

    public init(
        guild: GuildRecord,
        roles: [RoleRecord],
        channels: [ChannelRecord],
        members: [MemberRecord],
        visibleChannels: Set<Snowflake>
    ) {
        self.guild = guild
        self.roles = roles
        self.channels = channels
        self.members = members
        self.visibleChannels = visibleChannels
    }
}
