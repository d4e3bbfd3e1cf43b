import Contracts
import FoundationEssentials

enum SendMessageTool: DiscordTool {
    static let access = ToolAccess.sendMessage
    static let title = "Send a message"
    static let description = """
        Posts a message in a channel or thread as the bot. Nobody is pinged: mentions show but do not notify. \
        Text over 2000 characters is refused, not cut.
        """
    static let isIdempotent = false

    /// Source: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
    private static let embed = #"""
        {"type":"object","description":"One rich embed; 6000 characters in all.","properties":{
        "title":{"type":"string","maxLength":256},"description":{"type":"string","maxLength":4096},
        "url":{"type":"string","maxLength":2048},"timestamp":{"type":"string","maxLength":40},
        "color":{"type":"integer","minimum":0,"maximum":16777215},
        "footer":{"type":"object","properties":{"text":{"type":"string","maxLength":2048},"icon_url":{"type":"string","maxLength":2048}},"required":["text"],"additionalProperties":false},
        "image":{"type":"object","properties":{"url":{"type":"string","maxLength":2048}},"required":["url"],"additionalProperties":false},
        "thumbnail":{"type":"object","properties":{"url":{"type":"string","maxLength":2048}},"required":["url"],"additionalProperties":false},
        "author":{"type":"object","properties":{"name":{"type":"string","maxLength":256},"url":{"type":"string","maxLength":2048},"icon_url":{"type":"string","maxLength":2048}},"required":["name"],"additionalProperties":false},
        "fields":{"type":"array","maxItems":25,"items":{"type":"object","properties":{"name":{"type":"string","minLength":1,"maxLength":256},"value":{"type":"string","minLength":1,"maxLength":1024},"inline":{"type":"boolean"}},"required":["name","value"],"additionalProperties":false}}
        },"additionalProperties":false}
        """#

    static let inputSchema = """
        {"type":"object","properties":{"channel_id":\(SchemaText.id("The channel or thread.")),
        "content":{"type":"string","maxLength":2000,"description":"The text, Markdown; at most 2000 characters."},
        "embed":\(embed),"idempotency_key":\(SchemaText.idempotencyKey)},
        "required":["channel_id","content"],"additionalProperties":false}
        """

    static let outputSchema = """
        {"type":"object","properties":{"message_id":{"type":"string"},"channel_id":{"type":"string"},
        "guild_id":{"type":["string","null"]},"jump_url":{"type":"string"},"timestamp":{"type":"string"},
        "command_id":{"type":"string"},"audit_sequence":\(SchemaText.auditSequence),"replayed":\(SchemaText.replayed)},
        "required":["message_id","channel_id","command_id","audit_sequence"]}
        """

    static func request(_ arguments: ToolArguments) throws(ArgumentFault) -> ToolRequest {
        let channel = try arguments.requiredID("channel_id")
        var body = WireSendMessage()
        body.channelID = channel.rawValue
        body.content = arguments.string("content") ?? ""
        if let embed = arguments.json("embed") { body.embedJson = Data(embed) }
        guard !body.embedJson.isEmpty || body.content.contains(where: { !$0.isWhitespace }) else {
            throw ArgumentFault("content", "is empty: a message needs text or an embed")
        }
        return ToolRequest(
            body: .command(.sendMessage(body), idempotencyKey: arguments.idempotencyKey()), channel: channel)
    }
}
