import Contracts

/// Source: <https://discord.com/developers/docs/resources/channel#list-public-archived-threads>
enum ThreadListRoutes {
    private static let channel = "/channels/{channel_id}"

    static let all: [Route] = [
        .get("\(channel)/threads/archived/public", .lookups, archivedPublic),
        .get("\(channel)/threads/archived/private", .lookups, archivedPrivate),
        .get("\(channel)/users/@me/threads/archived/private", .lookups, joinedPrivate),
        .get("\(channel)/threads/search", .shared("thread.search", 10, seconds: 5), search),
        .get("\(channel)/thread-members", .lookups, members),
        .get("\(channel)/thread-members/{user_id}", .lookups, member),
    ]

    static func archivedPublic(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try archived(world, call, isPrivate: false)
    }

    static func archivedPrivate(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try archived(world, call, isPrivate: true)
    }

    private static func archived(_ world: World, _ call: APICall, isPrivate: Bool) throws(APIError) -> APIReply {
        let needed: Permissions = isPrivate ? [.readMessageHistory, .manageThreads] : .readMessageHistory
        let parent = try world.guildChannel(call.id("channel_id"), where: call.user, has: needed)
        let limit = try call.int("limit", in: 2...100, default: 50)
        let before = try call.text("before").map { text throws(APIError) in
            try MemberRoutes.timestamp(.string(text), "before")
        }
        let found = world.archivedThreads(
            under: parent.id, isPrivate: isPrivate, before: before ?? nil, limit: limit + 1)
        return .ok(page(found, limit, world, for: try call.user))
    }

    /// Newest first by id, and `before` is an id.
    static func joinedPrivate(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let parent = try world.guildChannel(call.id("channel_id"), where: user, has: .readMessageHistory)
        let limit = try call.int("limit", in: 2...100, default: 50)
        let before = try call.snowflake("before") ?? Snowflake(.max)
        let found = world.channels.values.filter {
            $0.parentID == parent.id && $0.kind == .privateThread && $0.thread?.isArchived == true && $0.id < before
                && $0.thread?.members[user] != nil
        }.sorted { $0.id > $1.id }
        return .ok(page(found, limit, world, for: user))
    }

    private static func page(_ found: [Channel], _ limit: Int, _ world: World, for user: Snowflake) -> JSONObject {
        var object = list(Array(found.prefix(limit)), world, for: user)
        object["has_more"] = .bool(found.count > limit)
        return object
    }

    static func list(_ threads: [Channel], _ world: World, for user: Snowflake) -> JSONObject {
        let own = threads.compactMap { thread in
            thread.thread?.members[user].map { World.threadMember(thread.id, user, $0) }
        }
        return [
            "threads": .array(threads.map { .object(world.wire($0)) }), "members": .array(own.map { .object($0) }),
            "has_more": false,
        ]
    }

    static func search(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let parent = try world.guildChannel(call.id("channel_id"), where: user, has: .readMessageHistory)
        let limit = try call.int("limit", in: 1...25, default: 25)
        let offset = try call.int("offset", in: 0...9975, default: 0)
        let name = call.text("name")?.lowercased()
        let tags = try call.snowflakes("tag")
        let needsAll = call.text("tag_setting") == "match_all"
        let isArchived = try call.flag("archived")
        let (minimum, maximum) = (try call.snowflake("min_id"), try call.snowflake("max_id"))
        let visible = world.channels.values.filter {
            $0.parentID == parent.id && $0.kind.isThread && world.permissions(of: user, in: $0).contains(.viewChannel)
        }
        let found = visible.filter { thread in
            (name.map { thread.name.lowercased().contains($0) } ?? true)
                && (isArchived == nil || thread.thread?.isArchived == isArchived)
                && (minimum.map { thread.id > $0 } ?? true) && (maximum.map { thread.id < $0 } ?? true)
                && (tags.isEmpty
                    || (needsAll
                        ? tags.allSatisfy(thread.appliedTags.contains)
                        : tags.contains(where: thread.appliedTags.contains)))
        }
        let byCreation = call.text("sort_by") == "creation_time"
        let rising = call.text("sort_order") == "asc"
        let sorted = found.sorted { left, right in
            let (first, second) =
                byCreation
                ? (left.id, right.id) : (left.lastMessageID ?? left.id, right.lastMessageID ?? right.id)
            return rising ? first < second : first > second
        }
        let shown = Array(sorted.dropFirst(offset).prefix(limit))
        var object = list(shown, world, for: user)
        object["has_more"] = .bool(sorted.count > offset + limit)
        object["total_results"] = .int(sorted.count)
        object["first_messages"] = .array(
            shown.compactMap { world.histories[$0.id]?[$0.id] }.map { .object(world.wire($0, to: user)) })
        return .ok(object)
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#list-thread-members>
    static func members(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let thread = try thread(world, call)
        try world.requireIntent(.members, of: call.user)
        let withMember = try call.flag("with_member") ?? false
        let limit = try call.int("limit", in: 1...100, default: 100)
        let after = try call.snowflake("after") ?? .none
        let joined = (thread.thread?.members ?? [:]).sorted { $0.key < $1.key }
        // Pages exist only together with the members themselves.
        let page = withMember ? joined.filter { $0.key > after }.prefix(limit) : joined[...]
        return .ok(page.map { shown($0.key, $0.value, in: thread, world, withMember: withMember) })
    }

    static func member(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let thread = try thread(world, call)
        let id = call.path["user_id"] == "@me" ? try call.user : try call.id("user_id")
        guard let joined = thread.thread?.members[id] else { throw .unknownMember }
        return .ok(shown(id, joined, in: thread, world, withMember: try call.flag("with_member") ?? false))
    }

    private static func thread(_ world: World, _ call: APICall) throws(APIError) -> Channel {
        let channel = try world.guildChannel(call.id("channel_id"), where: call.user)
        guard channel.kind.isThread else { throw .wrongChannelType }
        return channel
    }

    private static func shown(
        _ id: Snowflake, _ joined: Timestamp, in thread: Channel, _ world: World, withMember: Bool
    ) -> JSONObject {
        var object = World.threadMember(thread.id, id, joined)
        if withMember, let member = world.guilds[thread.guildID]?.members[id] {
            object["member"] = .object(world.wire(member))
        }
        return object
    }
}
