public import Contracts

/// Source: <https://discord.com/developers/docs/resources/sticker#sticker-object>
public struct Sticker: Hashable, Sendable, Decodable {
    public var id: Snowflake
    public var name: String?
    public var description: String?
    public var tags: String?
    public var type: Int?
    public var formatType: Int?
    public var available: Bool?
    public var guildID: Snowflake?
    public var user: User?

    enum CodingKeys: String, CodingKey {
        case id, name, description, tags, type, available, user
        case formatType = "format_type"
        case guildID = "guild_id"
    }
}

/// Source: <https://discord.com/developers/docs/resources/soundboard#soundboard-sound-object>
public struct SoundboardSound: Hashable, Sendable, Decodable {
    public var id: Snowflake
    public var name: String?
    public var volume: Double?
    public var emojiID: Snowflake?
    public var emojiName: String?
    public var available: Bool?

    enum CodingKeys: String, CodingKey {
        case name, volume, available
        case id = "sound_id"
        case emojiID = "emoji_id"
        case emojiName = "emoji_name"
    }
}

/// A list that Discord wraps in an object.
struct ItemList<Item: Decodable & Sendable>: Decodable, Sendable {
    let items: [Item]?
}
