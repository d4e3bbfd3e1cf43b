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
        {"type":"object","properties":{"id":{"type":"string"},"guild_id":{"type":["string","null"]},
        "guild_name":{"type":["string","null"]},"name":{"type":["string","null"]},"type":{"type":"string"},
        "topic":{"type":["string","null"]},"parent_id":{"type":["string","null"]},
        "permissions":{"type":"array","items":{"type":"string"},"description":"Discord permissions that the bot has there."}},
        "required":["id","type"]}
        """

    static func request(_ arguments: ToolArguments) throws(ArgumentFault) -> ToolRequest {
        let channel = try arguments.requiredID("channel_id")
        var body = WireGetChannelInfo()
        body.channelID = channel.rawValue
        return ToolRequest(body: .query(.getChannelInfo(body)), channel: channel)
    }
}
