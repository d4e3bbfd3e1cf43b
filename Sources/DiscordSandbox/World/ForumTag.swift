import Contracts

/// Source: <https://discord.com/developers/docs/resources/channel#forum-tag-object>
struct ForumTag: Equatable, Sendable {
    let id: Snowflake
    var name: String
    var isModerated = false
    var emojiID: Snowflake?
    var emojiName: String?

    var json: JSONValue {
        [
            "id": .id(id), "name": .string(name), "moderated": .bool(isModerated), "emoji_id": .id(emojiID),
            "emoji_name": .text(emojiName),
        ]
    }
}
