import Contracts

/// Source: <https://discord.com/developers/docs/resources/message#create-reaction>
enum ReactionRoutes {
    private static let edits = RateRule.shared("reaction", 1, seconds: 0.25)
    private static let reactions = "/channels/{channel_id}/messages/{message_id}/reactions"

    static let all: [Route] = [
        .put("\(reactions)/{emoji}/@me", edits, add),
        .delete("\(reactions)/{emoji}/@me", edits, removeOwn),
        .delete("\(reactions)/{emoji}/{user_id}", edits, removeOther),
        .get("\(reactions)/{emoji}", .lookups, list),
        .delete(reactions, edits, clear),
        .delete("\(reactions)/{emoji}", edits, clearEmoji),
    ]

    private static func emoji(_ call: APICall) throws(APIError) -> Message.Emoji {
        guard let emoji = Message.Emoji(path: call.path["emoji"] ?? "") else { throw .unknownEmoji }
        return emoji
    }

    static func add(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.addReaction(emoji(call), to: call.id("message_id"), in: call.id("channel_id"), by: call.user)
        return .noContent
    }

    static func removeOwn(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.removeReaction(
            emoji(call), of: call.user, from: call.id("message_id"), in: call.id("channel_id"), by: call.user)
        return .noContent
    }

    static func removeOther(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.removeReaction(
            emoji(call), of: call.id("user_id"), from: call.id("message_id"), in: call.id("channel_id"), by: call.user)
        return .noContent
    }

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.channel(call.id("channel_id"), where: call.user, has: [.readMessageHistory])
        let message = try world.message(call.id("message_id"), in: channel.id)
        let limit = try call.int("limit", in: 1...100, default: 25)
        let after = try call.snowflake("after") ?? Snowflake(0)
        let emoji = try emoji(call)
        let isBurst = try call.int("type", in: 0...1, default: 0) == 1
        let reaction = message.reactions.first { $0.emoji == emoji }
        let users = (isBurst ? reaction?.burstUsers : reaction?.users) ?? []
        return .ok(users.filter { $0 > after }.sorted().prefix(limit).map { world.wireUser($0) })
    }

    static func clear(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.clearReactions(nil, from: call.id("message_id"), in: call.id("channel_id"), by: call.user)
        return .noContent
    }

    static func clearEmoji(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.clearReactions(emoji(call), from: call.id("message_id"), in: call.id("channel_id"), by: call.user)
        return .noContent
    }
}
