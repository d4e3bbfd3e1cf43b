import Contracts

/// A message body that has passed the form checks.
struct MessageDraft: Equatable, Sendable {
    var content = ""
    var embeds: [JSONValue] = []
    var attachments: [JSONValue] = []
    var components: [JSONValue] = []
    var stickerIDs: [Snowflake] = []
    var poll: Poll?
    var flags = 0
    var isSpoken = false
    var nonce: JSONValue?
    var enforcesNonce = false
    var reply: Reply?
    var forward: Forward?
    var allowedMentions: AllowedMentions?

    struct Reply: Equatable, Sendable {
        let messageID: Snowflake
        let failsIfMissing: Bool
    }

    struct Forward: Equatable, Sendable {
        let messageID: Snowflake
        let channelID: Snowflake
    }

    var isEmpty: Bool {
        content.isEmpty && embeds.isEmpty && attachments.isEmpty && components.isEmpty && stickerIDs.isEmpty
            && poll == nil && forward == nil
    }

    /// Source: <https://discord.com/developers/docs/resources/message#message-object-message-flags>
    static let settableFlags = 1 << 2 | 1 << 12 | 1 << 13 | 1 << 15
    static let componentsV2 = 1 << 15
}

/// Source: <https://discord.com/developers/docs/resources/message#allowed-mentions-object>
struct AllowedMentions: Equatable, Sendable {
    var parsesUsers = false
    var parsesRoles = false
    var parsesEveryone = false
    var users: [Snowflake] = []
    var roles: [Snowflake] = []
    var repliedUser = false

    static let all = AllowedMentions(parsesUsers: true, parsesRoles: true, parsesEveryone: true, repliedUser: true)
    /// What webhooks ping when they do not say.
    static let people = AllowedMentions(parsesUsers: true)
}
