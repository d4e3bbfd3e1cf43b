import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild-scheduled-event>
enum ScheduledEventRoutes {
    private static let edits = RateRule.shared("scheduled-event", 5, seconds: 5)
    private static let events = "/guilds/{guild_id}/scheduled-events"

    static let all: [Route] = [
        .get(events, .lookups, list),
        .post(events, edits, create),
        .get("\(events)/{event_id}", .lookups, get),
        .delete("\(events)/{event_id}", edits, delete),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        return .ok(guild.scheduledEvents.sorted { $0.key < $1.key }.map(\.value))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let event = guild.scheduledEvents[try call.id("event_id")] else { throw .unknownEvent }
        return .ok(event)
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), where: user, has: [.createEvents])
        let name = try body.requiredText("name", length: 1...100)
        guard let kind = try body.int("entity_type", in: 1...3) else { throw .required("entity_type") }
        let start = try MemberRoutes.timestamp(body["scheduled_start_time"] ?? .null, "scheduled_start_time")
        guard let start, start > world.now else { throw .required("scheduled_start_time") }
        let end = try MemberRoutes.timestamp(body["scheduled_end_time"] ?? .null, "scheduled_end_time")
        if kind == 3 {
            guard end != nil else { throw .required("scheduled_end_time") }
            guard body["entity_metadata"]?["location"]?.string != nil else {
                throw .required("entity_metadata.location")
            }
        }
        let id = world.mintID()
        let event: JSONObject = [
            "id": .id(id), "guild_id": .id(guild.id), "channel_id": .id(body["channel_id"]?.snowflake),
            "creator_id": .id(user), "creator": .object(world.wireUser(user)), "name": .string(name),
            "description": .text(try body.text("description", length: 1...1000)), "image": nil,
            "scheduled_start_time": .time(start), "scheduled_end_time": .time(end), "privacy_level": 2, "status": 1,
            "entity_type": .int(kind), "entity_id": nil, "entity_metadata": body["entity_metadata"] ?? .null,
            "recurrence_rule": nil, "user_count": 0, "guild_scheduled_event_exceptions": [],
        ]
        world.guilds[guild.id]?.scheduledEvents[id] = event
        world.emit("GUILD_SCHEDULED_EVENT_CREATE", guild: guild.id, event)
        world.audit(.scheduledEventCreate, in: guild.id, by: try call.actor, target: id)
        return .ok(event)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), seenBy: user)
        let id = try call.id("event_id")
        guard let event = guild.scheduledEvents[id] else { throw .unknownEvent }
        if event["creator_id"]?.snowflake != user, !world.guildPermissions(of: user, in: guild).contains(.manageEvents)
        {
            throw .missingPermissions
        }
        world.guilds[guild.id]?.scheduledEvents[id] = nil
        world.emit("GUILD_SCHEDULED_EVENT_DELETE", guild: guild.id, event)
        world.audit(.scheduledEventDelete, in: guild.id, by: try call.actor, target: id)
        return .noContent
    }
}
