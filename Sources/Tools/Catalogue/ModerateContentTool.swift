import Contracts

enum ModerateContentTool: DiscordTool {
    static let access = ToolAccess.moderateContent
    static let title = "Moderate"
    static let description = """
        Deletes messages, times out, kicks or bans a user. Permissions and hierarchy are checked first, the intent is \
        written to the audit log before Discord is asked, and each call is carried out at most once. \
        delete_message and delete_messages_bulk need channel_id; timeout_user needs timeout_duration.
        """
    static let isIdempotent = true

    static let inputSchema = """
        {"type":"object","properties":{
        "action":{"enum":["delete_message","kick_user","ban_user","timeout_user","delete_messages_bulk"]},
        "target_id":{"type":"string","minLength":1,"maxLength":2200,"description":"The user or message; for delete_messages_bulk 2 to 100 message ids divided by commas."},
        "guild_id":\(SchemaText.id("The guild.")),
        "channel_id":\(SchemaText.id("The channel of the messages.")),
        "reason":{"type":"string","maxLength":400,"description":"Shown in Discord's audit log."},
        "delete_message_days":{"type":"integer","minimum":0,"maximum":7,"description":"ban_user: delete this many days of the user's messages."},
        "timeout_duration":{"type":"integer","minimum":1,"maximum":2419200,"description":"timeout_user: seconds, at most 28 days."},
        "idempotency_key":\(SchemaText.idempotencyKey)},
        "required":["action","target_id","guild_id"],"additionalProperties":false}
        """

    static let outputSchema = """
        {"type":"object","properties":{"action":{"type":"string"},"target_ids":{"type":"array","items":{"type":"string"}},
        "guild_id":{"type":"string"},"channel_id":{"type":["string","null"]},"result":{"enum":["done","already_done"]},
        "until":{"type":["string","null"]},"deleted_count":{"type":"integer"},"reason":{"type":["string","null"]},
        "command_id":{"type":"string"},"audit_sequence":\(SchemaText.auditSequence),"replayed":\(SchemaText.replayed)},
        "required":["action","target_ids","guild_id","result","command_id","audit_sequence"]}
        """

    static func request(_ arguments: ToolArguments) throws(ArgumentFault) -> ToolRequest {
        let name = arguments.string("action") ?? ""
        let guild = try arguments.requiredID("guild_id")
        let channel = try arguments.id("channel_id")
        let targets = try arguments.ids("target_id")
        var body = WireModerateContent()
        body.guildID = guild.rawValue
        body.channelID = channel?.rawValue ?? 0
        body.targetIds = targets.map(\.rawValue)
        body.reason = arguments.string("reason") ?? ""
        body.action = try action(name)
        let concernsMessages = body.action == .deleteMessage || body.action == .deleteMessagesBulk
        if concernsMessages, channel == nil {
            throw ArgumentFault("channel_id", "is required for \(name): the channel of the messages")
        }
        if body.action == .deleteMessagesBulk {
            guard (2...100).contains(targets.count), Set(targets).count == targets.count else {
                throw ArgumentFault(
                    "target_id", "names \(targets.count) messages: delete_messages_bulk takes 2 to 100 different ids")
            }
        } else if targets.count != 1 {
            throw ArgumentFault("target_id", "names \(targets.count) ids: \(name) takes exactly one")
        }
        if let days = arguments.integer("delete_message_days") {
            guard body.action == .banUser else {
                throw ArgumentFault("delete_message_days", "belongs to ban_user, not to \(name)")
            }
            body.deleteMessageSeconds = UInt32(days * 86_400)
        }
        if let seconds = arguments.integer("timeout_duration") {
            guard body.action == .timeoutUser else {
                throw ArgumentFault("timeout_duration", "belongs to timeout_user, not to \(name)")
            }
            body.timeoutSeconds = UInt32(seconds)
        } else if body.action == .timeoutUser {
            throw ArgumentFault("timeout_duration", "is required for timeout_user: seconds, at most 2419200 (28 days)")
        }
        return ToolRequest(
            body: .command(.moderateContent(body), idempotencyKey: arguments.idempotencyKey()),
            guild: guild,
            // A ban reaches beyond the channel that the caller happens to name.
            channel: concernsMessages ? channel : nil
        )
    }

    private static func action(_ name: String) throws(ArgumentFault) -> WireModerationAction {
        switch name {
        case "delete_message": .deleteMessage
        case "kick_user": .kickUser
        case "ban_user": .banUser
        case "timeout_user": .timeoutUser
        case "delete_messages_bulk": .deleteMessagesBulk
        default: throw ArgumentFault("action", "\"\(name.prefix(40))\" is not an action")
        }
    }
}
