import Contracts

/// A message body that has passed the form checks.
struct MessageDraft: Equatable, Sendable {
    var content = ""
    var embeds: [JSONValue] = []
    var attachments: [JSONValue] = []
    var components: [JSONValue] = []
    var stickerIDs: [Snowflake] = []
    var poll: JSONObject?
    var flags = 0
    var nonce: JSONValue?
    var enforcesNonce = false
    var reply: Reply?
    var allowedMentions: AllowedMentions?

    struct Reply: Equatable, Sendable {
        let messageID: Snowflake
        let failsIfMissing: Bool
    }

    var isEmpty: Bool {
        content.isEmpty && embeds.isEmpty && attachments.isEmpty && components.isEmpty && stickerIDs.isEmpty
            && poll == nil
    }
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
}
