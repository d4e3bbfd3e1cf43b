public import Contracts

/// Source: <https://discord.com/developers/docs/resources/voice#voice-state-object>
public struct VoiceState: Hashable, Sendable, Decodable {
    public var guildID: Snowflake?
    /// Nil: in no channel.
    public var channelID: Snowflake?
    public var userID: Snowflake?
    public var mute: Bool?
    public var deaf: Bool?
    public var selfMute: Bool?
    public var selfDeaf: Bool?
    public var suppress: Bool?

    enum CodingKeys: String, CodingKey {
        case mute, deaf, suppress
        case guildID = "guild_id"
        case channelID = "channel_id"
        case userID = "user_id"
        case selfMute = "self_mute"
        case selfDeaf = "self_deaf"
    }
}

/// A stage that is live.
/// Source: <https://discord.com/developers/docs/resources/stage-instance#stage-instance-object>
public struct StageInstance: Hashable, Sendable, Decodable {
    public var id: Snowflake
    public var guildID: Snowflake?
    public var channelID: Snowflake?
    public var topic: String?

    enum CodingKeys: String, CodingKey {
        case id, topic
        case guildID = "guild_id"
        case channelID = "channel_id"
    }
}
