import Contracts

/// Source: <https://discord.com/developers/docs/resources/channel#start-thread-from-message>
enum ThreadRoutes {
    private static let starts = RateRule.shared("thread.start", 10, seconds: 10)
    private static let members = "/channels/{channel_id}/thread-members"

    static let all: [Route] = [
        .post("/channels/{channel_id}/messages/{message_id}/threads", starts, startAtMessage),
        .post("/channels/{channel_id}/threads", starts, start),
        .put("\(members)/@me", starts, join),
        .delete("\(members)/@me", starts, leave),
        .put("\(members)/{user_id}", starts, add),
        .delete("\(members)/{user_id}", starts, remove),
    ]

    static func startAtMessage(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let plan = World.ThreadPlan(
            name: try call.object.requiredText("name", length: 1...100),
            autoArchiveAfter: try autoArchive(call.object) ?? 4320,
            slowmode: try call.object.int("rate_limit_per_user", in: 0...21_600) ?? 0,
            startsAt: try call.id("message_id"))
        return .created(try created(&world, call, plan))
    }

    static func start(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let parent = try world.guildChannel(call.id("channel_id"), where: call.user)
        var plan = World.ThreadPlan(name: try body.requiredText("name", length: 1...100))
        plan.autoArchiveAfter = try autoArchive(body) ?? parent.details["default_auto_archive_duration"]?.int ?? 4320
        plan.slowmode = try body.int("rate_limit_per_user", in: 0...21_600) ?? 0
        plan.isInvitable = try body.flag("invitable") ?? true
        if parent.kind.isForum {
            guard let message = body["message"]?.object else { throw .required("message") }
            plan.post = try MessageRoutes.draft(&world, call, in: parent.id, body: message)
            plan.appliedTags = try body.snowflakes("applied_tags") ?? []
        } else {
            guard let kind = Channel.Kind(rawValue: try body.int("type", in: 10...12) ?? 12) else {
                throw .required("type")
            }
            plan.kind = kind
        }
        var object = try created(&world, call, plan)
        if parent.kind.isForum, let id = object["id"]?.snowflake, let first = world.histories[id]?[id] {
            object["message"] = .object(world.wire(first, to: try call.user))
        }
        return .created(object)
    }

    private static func created(
        _ world: inout World, _ call: APICall, _ plan: World.ThreadPlan
    ) throws(APIError) -> JSONObject {
        world.wire(try world.createThread(plan, under: call.id("channel_id"), by: call.actor), for: try call.user)
    }

    static func autoArchive(_ body: JSONObject) throws(APIError) -> Int? {
        guard let minutes = try body.int("auto_archive_duration", in: 0...10_080) else { return nil }
        guard [60, 1440, 4320, 10_080].contains(minutes) else {
            throw .form("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
        }
        return minutes
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
