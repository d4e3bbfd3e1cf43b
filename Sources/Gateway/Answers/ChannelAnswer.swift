import Contracts

/// The structured result of `get_channel_info`. A member without a value is left out.
struct ChannelAnswer: Encodable {
    struct Parent: Encodable {
        var id: Snowflake
        var name: String
    }

    struct Guild: Encodable {
        var id: Snowflake
        var name: String
        var memberCount: Int

        enum CodingKeys: String, CodingKey {
            case id, name
            case memberCount = "member_count"
        }
    }

    var id: Snowflake
    var name: String
    /// For instance `text`, `voice`, `category`, `forum`, `public thread`.
    var type: String
    /// Discord's channel type number.
    var typeID: Int
    var guild: Guild
    /// The category of a channel, the channel of a thread.
    var parent: Parent?
    var topic: String?
    var nsfw: Bool
    /// 0: no slow mode.
    var slowmodeSeconds: Int
    var position: Int
    /// Threads only.
    var archived: Bool?
    /// Threads only.
    var locked: Bool?
    /// ISO 8601
    var createdAt: String
    /// What the bot may do there, by Discord's names; left out while it is not known.
    var botPermissions: [String]?
    /// `cache` or `discord`.
    var source: String
    let untrusted = true

    enum CodingKeys: String, CodingKey {
        case id, name, type, guild, parent, topic, nsfw, position, archived, locked, source, untrusted
        case typeID = "type_id"
        case slowmodeSeconds = "slowmode_seconds"
        case createdAt = "created_at"
        case botPermissions = "bot_permissions"
    }
}
