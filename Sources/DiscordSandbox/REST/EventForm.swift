import Contracts

/// Turns the body of a scheduled event into the event, or tells what is wrong.
/// Source: <https://discord.com/developers/docs/resources/guild-scheduled-event#create-guild-scheduled-event>
enum EventForm {
    static func event(
        _ body: JSONObject, in guild: Guild, of userID: Snowflake, _ world: World
    ) throws(APIError) -> JSONObject {
        let name = try body.requiredText("name", length: 1...100)
        guard let kind = try body.int("entity_type", in: 1...3) else { throw .required("entity_type") }
        let start = try MemberRoutes.timestamp(body["scheduled_start_time"] ?? .null, "scheduled_start_time")
        guard let start else { throw .required("scheduled_start_time") }
        guard start > world.now || (body["status"]?.int ?? 1) != 1 else {
            throw .form(
                "scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")
        }
        let end = try MemberRoutes.timestamp(body["scheduled_end_time"] ?? .null, "scheduled_end_time")
        if let end, end <= start {
            throw .form(
                "scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "The end must be after the start.")
        }
        var metadata: JSONValue = .null
        var channelID: Snowflake?
        if kind == 3 {
            guard end != nil else { throw .required("scheduled_end_time") }
            guard let location = body["entity_metadata"]?["location"]?.string else {
                throw .required("entity_metadata.location")
            }
            guard (1...100).contains(location.unicodeScalars.count) else {
                throw .badLength("entity_metadata.location", 1...100)
            }
            metadata = ["location": .string(location)]
        } else {
            guard let id = body["channel_id"]?.snowflake else { throw .required("channel_id") }
            let channel = try world.guildChannel(id, where: userID)
            guard channel.guildID == guild.id, channel.kind == (kind == 1 ? .stage : .voice) else {
                throw .wrongChannelType
            }
            channelID = id
        }
        return [
            "channel_id": .id(channelID), "name": .string(name),
            "description": .text(try body.text("description", length: 1...1000)),
            "image": try image(body), "scheduled_start_time": .time(start), "scheduled_end_time": .time(end),
            "privacy_level": 2, "entity_type": .int(kind), "entity_metadata": metadata,
            "recurrence_rule": recurrence(body["recurrence_rule"]),
        ]
    }

    private static func image(_ body: JSONObject) throws(APIError) -> JSONValue {
        guard let text = body["image"]?.string, !text.hasPrefix("data:") else {
            return .text(try Base64Image(body, "image", largest: 10 << 20)?.hash)
        }
        return .string(text)
    }

    /// Its members are kept; the sandbox does not repeat events.
    private static func recurrence(_ value: JSONValue?) -> JSONValue {
        guard let rule = value?.object else { return .null }
        let empty: JSONObject = [
            "start": nil, "end": nil, "frequency": 2, "interval": 1, "by_weekday": nil, "by_n_weekday": nil,
            "by_month": nil, "by_month_day": nil, "by_year_day": nil, "count": nil,
        ]
        return .object(empty.merging(rule))
    }

    /// Which status may follow which: 1 scheduled, 2 active, 3 completed, 4 canceled.
    private static let next = [1: [2, 4], 2: [3], 3: [], 4: []]

    static func changed(
        _ old: JSONObject, by body: JSONObject, in guild: Guild, of userID: Snowflake, _ world: World
    ) throws(APIError) -> JSONObject {
        var merged = old
        for member in body.members { merged[member.key] = member.value }
        let was = old["status"]?.int ?? 1
        let status = try body.int("status", in: 1...4) ?? was
        guard status == was || next[was, default: []].contains(status) else {
            throw .form("status", "GUILD_SCHEDULED_EVENT_INVALID_STATUS", "An event cannot go to that status.")
        }
        // Nobody said that a start in the past be moved.
        if !body.contains("scheduled_start_time") { merged["status"] = .int(max(status, 2)) }
        var new = old.merging(try event(merged, in: guild, of: userID, world))
        new["status"] = .int(status)
        return new
    }
}
