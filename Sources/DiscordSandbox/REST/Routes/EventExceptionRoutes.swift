import Contracts

/// Single dates of a repeated event. Source: <https://discord.com/developers/docs/resources/guild-scheduled-event>
enum EventExceptionRoutes {
    private static let exceptions = "\(ScheduledEventRoutes.event)/exceptions"

    static let all: [Route] = [
        .post(exceptions, ScheduledEventRoutes.edits, create),
        .patch("\(exceptions)/{exception_id}", ScheduledEventRoutes.edits, change),
        .delete("\(exceptions)/{exception_id}", ScheduledEventRoutes.edits, delete),
        .get("\(ScheduledEventRoutes.event)/{guild_scheduled_event_exception_id}/users", .lookups, users),
    ]

    private static func list(_ event: JSONObject) -> [JSONValue] {
        event["guild_scheduled_event_exceptions"]?.array ?? []
    }

    private static func keep(
        _ exceptions: [JSONValue], of event: JSONObject, in guild: Guild, _ world: inout World, _ call: APICall
    ) throws(APIError) {
        let id = try call.id("guild_scheduled_event_id")
        var event = event
        event["guild_scheduled_event_exceptions"] = .array(exceptions)
        world.guilds[guild.id]?.scheduledEvents[id] = event
        world.emit("GUILD_SCHEDULED_EVENT_UPDATE", guild: guild.id, event)
        world.audit(.scheduledEventUpdate, in: guild.id, by: try call.actor, target: id)
    }

    private static func times(_ body: JSONObject) throws(APIError) -> JSONObject {
        var result: JSONObject = [:]
        for name in ["scheduled_start_time", "scheduled_end_time"] where body.contains(name) {
            result[name] = .time(try MemberRoutes.timestamp(body[name] ?? .null, name))
        }
        if let isCanceled = try body.flag("is_canceled") { result["is_canceled"] = .bool(isCanceled) }
        return result
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, event) = try ScheduledEventRoutes.editable(world, call)
        let body = try call.object
        guard let original = body["original_scheduled_start_time"].flatMap(\.string).flatMap({ Timestamp(iso8601: $0) })
        else { throw .required("original_scheduled_start_time") }
        let empty: JSONObject = [
            "event_id": .id(try call.id("guild_scheduled_event_id")),
            "event_exception_id": .id(Snowflake(unixMilliseconds: original.milliseconds)),
            "scheduled_start_time": nil, "scheduled_end_time": nil, "is_canceled": false,
        ]
        let exception = empty.merging(try times(body))
        try keep(list(event) + [.object(exception)], of: event, in: guild, &world, call)
        return .ok(exception)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, event) = try ScheduledEventRoutes.editable(world, call)
        let id = try call.id("exception_id")
        var all = list(event)
        guard let index = all.firstIndex(where: { $0["event_exception_id"]?.snowflake == id }),
            let old = all[index].object
        else { throw .unknownEvent }
        let new = old.merging(try times(call.object))
        all[index] = .object(new)
        try keep(all, of: event, in: guild, &world, call)
        return .ok(new)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, event) = try ScheduledEventRoutes.editable(world, call)
        let id = try call.id("exception_id")
        let left = list(event).filter { $0["event_exception_id"]?.snowflake != id }
        guard left.count < list(event).count else { throw .unknownEvent }
        try keep(left, of: event, in: guild, &world, call)
        return .noContent
    }

    /// Guests say yes to the whole series here, never to one date.
    static func users(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        _ = try ScheduledEventRoutes.found(world, call)
        _ = try call.int("limit", in: 1...100, default: 100)
        return .ok([JSONValue]())
    }
}
