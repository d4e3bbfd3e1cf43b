public import Contracts

/// `CHANNEL_PINS_UPDATE`: says that something changed, not what.
/// Source: <https://discord.com/developers/docs/events/gateway-events#channel-pins-update>
public struct ChannelPinsUpdateEvent: Hashable, Sendable, Codable {
    public var channelID: Snowflake
    public var guildID: Snowflake?
    public var lastPinTimestamp: Timestamp?

    enum CodingKeys: String, CodingKey {
        case channelID = "channel_id"
        case guildID = "guild_id"
        case lastPinTimestamp = "last_pin_timestamp"
    }
}

/// `THREAD_LIST_SYNC`: the bot gained access to channels; these are all their active threads.
/// Source: <https://discord.com/developers/docs/events/gateway-events#thread-list-sync>
public struct ThreadListSyncEvent: Hashable, Sendable, Codable {
    public var guildID: Snowflake
    /// The parents whose known threads must be dropped first; absent: the whole guild.
    public var channelIDs: [Snowflake]?
    public var threads: [Channel]?

    enum CodingKeys: String, CodingKey {
        case threads
        case guildID = "guild_id"
        case channelIDs = "channel_ids"
    }
}
