import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild-scheduled-event>
enum ScheduledEventRoutes {
    static let edits = RateRule.shared("scheduled-event", 5, seconds: 5)
    static let events = "/guilds/{guild_id}/scheduled-events"
    static let event = "\(events)/{guild_scheduled_event_id}"
    private static let most = 100

    static let all: [Route] = [
        .get(events, .lookups, list),
        .post(events, edits, create),
        .get(event, .lookups, get),
        .patch(event, edits, change),
        .delete(event, edits, delete),
        .get("\(event)/users", .lookups, users),
        .get("\(event)/users/counts", .lookups, counts),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let withCount = try call.flag("with_user_count") ?? false
        return .ok(guild.scheduledEvents.sorted { $0.key < $1.key }.map { shown($0.value, guild, withCount) })
    }

    private static func shown(_ event: JSONObject, _ guild: Guild, _ withCount: Bool) -> JSONObject {
        guard withCount, let id = event["id"]?.snowflake else { return event }
        var object = event
        object["user_count"] = .int(guild.eventGuests[id]?.count ?? 0)
        return object
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, event) = try found(world, call)
        return .ok(shown(event, guild, try call.flag("with_user_count") ?? false))
    }

    static func found(_ world: World, _ call: APICall) throws(APIError) -> (guild: Guild, event: JSONObject) {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let event = guild.scheduledEvents[try call.id("guild_scheduled_event_id")] else { throw .unknownEvent }
        return (guild, event)
    }

    /// One's own with CREATE_EVENTS, anyone's with MANAGE_EVENTS.
    static func editable(_ world: World, _ call: APICall) throws(APIError) -> (guild: Guild, event: JSONObject) {
        let (guild, event) = try found(world, call)
        let granted = world.guildPermissions(of: try call.user, in: guild)
        let isOwn = event["creator_id"]?.snowflake == (try call.user)
        guard granted.contains(.manageEvents) || isOwn && granted.contains(.createEvents) else {
            throw .missingPermissions
        }
        return (guild, event)
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), where: user, has: [.createEvents])
        let open = guild.scheduledEvents.values.count { ($0["status"]?.int ?? 1) <= 2 }
        guard open < most else { throw .limit(30038, "uncompleted guild scheduled events", most) }
        let id = world.mintID()
        let fixed: JSONObject = [
            "id": .id(id), "guild_id": .id(guild.id), "creator_id": .id(user),
            "creator": .object(world.wireUser(user)), "status": 1, "entity_id": nil,
            "guild_scheduled_event_exceptions": [],
        ]
        let event = fixed.merging(try EventForm.event(call.object, in: guild, of: user, world))
        world.guilds[guild.id]?.scheduledEvents[id] = event
        world.emit("GUILD_SCHEDULED_EVENT_CREATE", guild: guild.id, event)
        world.audit(
            .scheduledEventCreate, in: guild.id, by: try call.actor, target: id,
            changes: [.init(key: "name", old: nil, new: event["name"])])
        return .ok(event)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, old) = try editable(world, call)
        let new = try EventForm.changed(old, by: call.object, in: guild, of: call.user, world)
        let id = try call.id("guild_scheduled_event_id")
        world.guilds[guild.id]?.scheduledEvents[id] = new
        world.emit("GUILD_SCHEDULED_EVENT_UPDATE", guild: guild.id, new)
        world.audit(
            .scheduledEventUpdate, in: guild.id, by: try call.actor, target: id,
            changes: [
                "name", "description", "status", "channel_id", "entity_type", "scheduled_start_time",
                "scheduled_end_time", "entity_metadata",
            ].map { AuditEntry.change($0, old[$0], new[$0]) })
        return .ok(new)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, event) = try editable(world, call)
        let id = try call.id("guild_scheduled_event_id")
        world.guilds[guild.id]?.scheduledEvents[id] = nil
        world.guilds[guild.id]?.eventGuests[id] = nil
        world.emit("GUILD_SCHEDULED_EVENT_DELETE", guild: guild.id, event)
        world.audit(
            .scheduledEventDelete, in: guild.id, by: try call.actor, target: id,
            changes: [.init(key: "name", old: event["name"], new: nil)])
        return .noContent
    }

    static func users(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, _) = try found(world, call)
        let id = try call.id("guild_scheduled_event_id")
        let limit = try call.int("limit", in: 1...100, default: 100)
        let (before, after) = (try call.snowflake("before"), try call.snowflake("after"))
        let withMember = try call.flag("with_member") ?? false
        let guests = (guild.eventGuests[id] ?? []).sorted().filter { guest in
            (before.map { guest < $0 } ?? true) && (before != nil || after.map { guest > $0 } ?? true)
        }
        let page = before == nil ? guests.prefix(limit) : guests.suffix(limit)
        return .ok(
            page.map { guest in
                var object: JSONObject = [
                    "guild_scheduled_event_id": .id(id), "user_id": .id(guest), "response": 1,
                    "user": .object(world.wireUser(guest)),
                ]
                if withMember { object["member"] = guild.members[guest].map { .object(world.wire($0)) } }
                return object
            })
    }

    static func counts(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, event) = try found(world, call)
        let exceptions = event["guild_scheduled_event_exceptions"]?.array ?? []
        let none: JSONObject = exceptions.reduce(into: [:]) { result, exception in
            if let id = exception["event_exception_id"]?.string { result[id] = 0 }
        }
        let guests = guild.eventGuests[try call.id("guild_scheduled_event_id")]?.count ?? 0
        return .ok([
            "guild_scheduled_event_count": .int(guests), "guild_scheduled_event_exception_counts": .object(none),
        ])
    }
}
