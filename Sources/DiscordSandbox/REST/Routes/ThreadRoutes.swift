import Contracts

/// Source: <https://discord.com/developers/docs/resources/channel#start-thread-from-message>
enum ThreadRoutes {
    private static let starts = RateRule.shared("thread.start", 10, seconds: 10)

    static let all: [Route] = [
        .post("/channels/{channel_id}/messages/{message_id}/threads", starts, startAtMessage),
        .post("/channels/{channel_id}/threads", starts, start),
        .get("/channels/{channel_id}/threads/archived/public", .lookups, archivedPublic),
        .get("/channels/{channel_id}/threads/archived/private", .lookups, archivedPrivate),
        .get("/channels/{channel_id}/thread-members", .lookups, members),
        .put("/channels/{channel_id}/thread-members/@me", starts, join),
        .delete("/channels/{channel_id}/thread-members/@me", starts, leave),
        .put("/channels/{channel_id}/thread-members/{user_id}", starts, add),
        .delete("/channels/{channel_id}/thread-members/{user_id}", starts, remove),
    ]

    static func startAtMessage(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let plan = World.ThreadPlan(
            name: try call.object.requiredText("name", length: 1...100),
            autoArchiveAfter: try autoArchive(call.object) ?? 4320, startsAt: try call.id("message_id"))
        return .created(world.wire(try world.createThread(plan, under: call.id("channel_id"), by: call.actor)))
    }

    static func start(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        var plan = World.ThreadPlan(name: try body.requiredText("name", length: 1...100))
        plan.autoArchiveAfter = try autoArchive(body) ?? 4320
        plan.slowmode = try body.int("rate_limit_per_user", in: 0...21_600) ?? 0
        plan.isInvitable = try body.flag("invitable") ?? true
        guard let kind = Channel.Kind(rawValue: try body.int("type", in: 10...12) ?? 12) else {
            throw .required("type")
        }
        plan.kind = kind
        return .created(world.wire(try world.createThread(plan, under: call.id("channel_id"), by: call.actor)))
    }

    static func autoArchive(_ body: JSONObject) throws(APIError) -> Int? {
        guard let minutes = try body.int("auto_archive_duration", in: 0...10_080) else { return nil }
        guard [60, 1440, 4320, 10_080].contains(minutes) else {
            throw .form("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
        }
        return minutes
    }

    static func archivedPublic(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try archived(world, call, isPrivate: false)
    }

    static func archivedPrivate(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try archived(world, call, isPrivate: true)
    }

    private static func archived(_ world: World, _ call: APICall, isPrivate: Bool) throws(APIError) -> APIReply {
        let user = try call.user
        let needed: Permissions = isPrivate ? [.readMessageHistory, .manageThreads] : .readMessageHistory
        let parent = try world.channel(call.id("channel_id"), where: user, has: needed)
        let limit = try call.int("limit", in: 2...100, default: 50)
        let before = try call.text("before").map { text throws(APIError) in
            try MemberRoutes.timestamp(.string(text), "before")
        }
        let found = world.archivedThreads(
            under: parent.id, isPrivate: isPrivate, before: before ?? nil, limit: limit + 1)
        var object = list(Array(found.prefix(limit)), world, for: user)
        object["has_more"] = .bool(found.count > limit)
        return .ok(object)
    }

    static func list(_ threads: [Channel], _ world: World, for user: Snowflake) -> JSONObject {
        let own = threads.compactMap { thread in thread.thread?.members[user].map { member(thread.id, user, $0) } }
        return [
            "threads": .array(threads.map { .object(world.wire($0)) }), "members": .array(own.map { .object($0) }),
            "has_more": false,
        ]
    }

    private static func member(_ thread: Snowflake, _ user: Snowflake, _ joined: Timestamp) -> JSONObject {
        ["id": .id(thread), "user_id": .id(user), "join_timestamp": .time(joined), "flags": 0]
    }

    static func members(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let thread = try world.channel(call.id("channel_id"), seenBy: call.user)
        let joined = (thread.thread?.members ?? [:]).sorted { $0.key < $1.key }
        return .ok(joined.map { member(thread.id, $0.key, $0.value) })
    }

    static func join(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setThreadMember(call.user, joined: true, in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    static func leave(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setThreadMember(call.user, joined: false, in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    static func add(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setThreadMember(call.id("user_id"), joined: true, in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    static func remove(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setThreadMember(call.id("user_id"), joined: false, in: call.id("channel_id"), by: call.actor)
        return .noContent
    }
}
