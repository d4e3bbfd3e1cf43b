import Contracts

/// Source: <https://discord.com/developers/docs/resources/message#search-guild-messages>
enum SearchRoutes {
    static let all: [Route] = [
        .get("/guilds/{guild_id}/messages/search", .shared("search", 10, seconds: 5), search)
    ]

    static func search(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), where: user, has: [.readMessageHistory])
        try world.requireIntent(.messageContent, of: user)
        let query = try query(call)
        for id in query.channels where world.channels[id]?.guildID != guild.id { throw .unknownChannel }
        if let since = world.indexesSearchUntil, since > world.now {
            let wait = Int((since - world.now).rounded(.up))
            return APIReply(
                status: 202,
                body: [
                    "message": "Index not yet available. Try again later", "code": 110_000, "documents_indexed": 0,
                    "retry_after": .int(wait),
                ])
        }
        let (page, total) = world.search(query, in: guild, by: user)
        let messages: [JSONValue] = page.map { message in
            var object = world.wire(message, to: user)
            object["reactions"] = nil
            object["hit"] = true
            return [.object(object)]
        }
        let threads = Set(page.map(\.channelID)).sorted().compactMap { world.channels[$0] }.filter(\.kind.isThread)
        var reply: JSONObject = [
            "total_results": .int(total), "doing_deep_historical_index": false,
            "documents_indexed": .int(
                world.histories.filter { guild.channels.contains($0.key) }.values.reduce(0) { $0 + $1.count }),
            "messages": .array(messages),
        ]
        if !threads.isEmpty {
            let list = ThreadListRoutes.list(threads, world, for: user)
            reply["threads"] = list["threads"]
            reply["members"] = list["members"]
        }
        return .ok(reply)
    }

    private static func query(_ call: APICall) throws(APIError) -> World.Search {
        var query = World.Search()
        query.limit = try call.int("limit", in: 1...25, default: 25)
        query.offset = try call.int("offset", in: 0...9975, default: 0)
        query.slop = try call.int("slop", in: 0...100, default: 2)
        let content = call.text("content") ?? ""
        guard content.count <= 1024 else { throw .badLength("content", 0...1024) }
        query.words = content.lowercased().split(separator: " ").map(String.init)
        query.channels = Set(try ids(call, "channel_id", most: 500))
        query.authors = Set(try ids(call, "author_id", most: 100))
        query.mentions = Set(try ids(call, "mentions", most: 100))
        query.mentionedRoles = Set(try ids(call, "mentions_role_id", most: 100))
        query.repliedUsers = Set(try ids(call, "replied_to_user_id", most: 100))
        query.repliedMessages = Set(try ids(call, "replied_to_message_id", most: 100))
        query.mentionsEveryone = try call.flag("mention_everyone")
        query.after = try call.snowflake("min_id")
        query.before = try call.snowflake("max_id")
        query.pinned = try call.flag("pinned")
        query.authorTypes = try filters(call, "author_type", of: ["user", "bot", "webhook"])
        query.has = try filters(
            call, "has",
            of: ["image", "sound", "video", "file", "sticker", "embed", "link", "poll", "snapshot"])
        query.embedTypes = try filters(call, "embed_type", of: ["image", "video", "gif", "sound", "article"])
            .map(\.name)
        query.embedProviders = try texts(call, "embed_provider", longest: 256)
        query.linkHosts = try texts(call, "link_hostname", longest: 256)
        query.filenames = try texts(call, "attachment_filename", longest: 1024)
        query.extensions = try texts(call, "attachment_extension", longest: 256)
        query.includesNSFW = try call.flag("include_nsfw") ?? false
        query.isByRelevance = try choice(call, "sort_by", of: ["timestamp", "relevance"]) == "relevance"
        query.oldestFirst = try choice(call, "sort_order", of: ["desc", "asc"]) == "asc"
        return query
    }

    private static func ids(_ call: APICall, _ name: String, most: Int) throws(APIError) -> [Snowflake] {
        let ids = try call.snowflakes(name)
        guard ids.count <= most else { throw .badLength(name, 0...most) }
        return ids
    }

    private static func texts(_ call: APICall, _ name: String, longest: Int) throws(APIError) -> [String] {
        let texts = call.texts(name)
        guard texts.count <= 100 else { throw .badLength(name, 0...100) }
        for text in texts where text.count > longest { throw .badLength(name, 0...longest) }
        return texts.map { $0.lowercased() }
    }

    private static func filters(
        _ call: APICall, _ name: String, of choices: [String]
    ) throws(APIError) -> [World.Search.Filter] {
        var result: [World.Search.Filter] = []
        for text in call.texts(name) {
            let filter = World.Search.Filter(
                name: text.hasPrefix("-") ? String(text.dropFirst()) : text, isNegated: text.hasPrefix("-"))
            guard choices.contains(filter.name) else { throw wrongChoice(name, choices) }
            result.append(filter)
        }
        return result
    }

    private static func choice(_ call: APICall, _ name: String, of choices: [String]) throws(APIError) -> String? {
        guard let text = call.text(name) else { return nil }
        guard choices.contains(text) else { throw wrongChoice(name, choices) }
        return text
    }

    private static func wrongChoice(_ name: String, _ choices: [String]) -> APIError {
        let list = choices.map { "'\($0)'" }.joined(separator: ", ")
        return .form(name, "BASE_TYPE_CHOICES", "Value must be one of (\(list)).")
    }
}
