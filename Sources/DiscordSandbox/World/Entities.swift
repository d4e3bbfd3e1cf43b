import Contracts

struct User: Equatable, Sendable {
    let id: Snowflake
    var username: String
    var globalName: String?
    var isBot = false
    var avatar: String?
    /// Refuses direct messages of people it does not know.
    var isClosed = false
}

struct Role: Equatable, Sendable {
    let id: Snowflake
    var name: String
    var permissions: Permissions
    var position: Int
    var color = 0
    var secondaryColor: Int?
    var tertiaryColor: Int?
    var hoist = false
    var mentionable = false
    var unicodeEmoji: String?
    /// The bot that a managed role belongs to.
    var botID: Snowflake?
}

struct Member: Equatable, Sendable {
    let userID: Snowflake
    var nick: String?
    var roles: [Snowflake] = []
    let joinedAt: Timestamp
    var timedOutUntil: Timestamp?
    var mute = false
    var deaf = false
    var flags = 0
}

struct Ban: Equatable, Sendable {
    let userID: Snowflake
    let reason: String?
}

struct Webhook: Equatable, Sendable {
    let id: Snowflake
    let guildID: Snowflake
    var channelID: Snowflake
    let creatorID: Snowflake
    var name: String
    /// nil for the webhook of a followed channel: nobody executes it.
    let token: String?
    var avatar: String?
    var source: Source?

    /// The announcement channel that a follower repeats.
    struct Source: Equatable, Sendable {
        let guildID: Snowflake
        let channelID: Snowflake
    }
}

/// What a token stands for.
struct Account: Equatable, Sendable {
    let userID: Snowflake
    /// Privileged intents that the application has switched on; people have none.
    let privilegedIntents: Intents
    /// What a Bearer token may ask; nil for bots and for people's own tokens.
    var scopes: Set<String>?
}
