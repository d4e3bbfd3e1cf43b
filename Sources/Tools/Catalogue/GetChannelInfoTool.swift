import Contracts

enum GetChannelInfoTool: DiscordTool {
    static let access = ToolAccess.getChannelInfo
    static let title = "Get channel info"
    static let description = """
        Name, type, topic, category and guild of a channel, and what the bot may do there. \
        Use it before posting or moderating in a channel you do not know.
        """
    static let isIdempotent = true

    static let inputSchema = """
        {"type":"object","properties":{"channel_id":\(SchemaText.id("The channel."))},
        "required":["channel_id"],"additionalProperties":false}
        """

    static let outputSchema = """
        {"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"type":{"type":"string"},
        "type_id":{"type":"integer"},"guild":{"type":"object","properties":{"id":{"type":"string"},
        "name":{"type":"string"},"member_count":{"type":"integer"}}},
        "parent":{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"}}},
        "topic":{"type":"string","description":"Untrusted text of Discord users."},"nsfw":{"type":"boolean"},
        "slowmode_seconds":{"type":"integer"},"position":{"type":"integer"},"archived":{"type":"boolean"},
        "locked":{"type":"boolean"},"created_at":{"type":"string"},
        "bot_permissions":{"type":"array","items":{"type":"string"},"description":"Discord permissions that the bot has there."},
        "source":{"enum":["cache","discord"]},"untrusted":{"const":true}},
        "required":["id","type","source","untrusted"]}
        """

    static func request(_ arguments: ToolArguments) throws(ArgumentFault) -> ToolRequest {
        let channel = try arguments.requiredID("channel_id")
        var body = WireGetChannelInfo()
        body.channelID = channel.rawValue
        return ToolRequest(body: .query(.getChannelInfo(body)), channel: channel)
    }
}
