public import Contracts

/// One change to the archive. Every mutation may be applied twice with the same result, except `memberCountChanged`.
public enum ArchiveMutation: Hashable, Sendable {
    case identity(BotIdentity)

    /// All guilds that the shard serves: the bot was removed from every other one meanwhile.
    case guildsOfShard([Snowflake], shard: Int, shardCount: Int)

    case guild(GuildSnapshot)
    case guildUpdated(guild: Snowflake, name: String, ownerID: Snowflake)
    /// An outage: everything stays.
    case guildUnavailable(Snowflake)
    /// The bot is no longer a member: everything of the guild goes, its messages included.
    case guildRemoved(Snowflake)
    /// By how many members the guild grew or shrank.
    case memberCountChanged(guild: Snowflake, by: Int)

    /// A channel or thread that was made or changed. `isVisible`: the bot is sent its messages.
    case channel(ChannelRecord, isVisible: Bool)
    /// Its threads go with it; its messages are marked deleted.
    case channelRemoved(Snowflake)
    /// All active threads of the parents (nil: of the whole guild).
    case threads(guild: Snowflake, parents: [Snowflake]?, threads: [ChannelRecord])
    /// What the bot may see in the guild may be different now. Of channels that it no longer sees nothing more comes.
    case rightsChanged(guild: Snowflake)
    /// `at`: unix milliseconds of the newest pin; nil: there is none.
    case pinsChanged(channel: Snowflake, at: Int64?)

    case role(RoleRecord)
    case roleRemoved(guild: Snowflake, role: Snowflake)

    case member(MemberRecord)
    /// `at`: unix milliseconds.
    case memberRemoved(guild: Snowflake, user: Snowflake, at: Int64)
    case banned(BanRecord)
    /// Who banned and why, of a ban that stands.
    case banExplained(BanRecord)
    case unbanned(guild: Snowflake, user: Snowflake)

    /// A new message that Discord sent as it was written.
    case messageCreated(MessageRecord)
    /// A message that was changed; it may be one that the archive never saw.
    case messageUpdated(MessageRecord)
    /// `at`: unix milliseconds.
    case messagesDeleted([Snowflake], channel: Snowflake, guild: Snowflake, at: Int64)

    case reactionAdded(EmojiRecord, message: Snowflake, user: Snowflake)
    case reactionRemoved(EmojiRecord, message: Snowflake, user: Snowflake)
    /// `emoji` nil: all of them.
    case reactionsCleared(message: Snowflake, emoji: EmojiRecord?)
    /// A vote for a poll's answer that is given, or taken back.
    case pollVoted(Int, message: Snowflake, user: Snowflake, isGiven: Bool)
}
