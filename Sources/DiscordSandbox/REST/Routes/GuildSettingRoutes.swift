import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild#modify-guild>
enum GuildSettingRoutes {
    private static let edits = RateRule.shared("guild.edit", 5, seconds: 10)

    static let all: [Route] = [
        .patch("/guilds/{guild_id}", edits, change),
        .put("/guilds/{guild_id}/incident-actions", edits, setIncidents),
        .get("/guilds/{guild_id}/preview", .lookups, preview),
        .get("/guilds/{guild_id}/vanity-url", .lookups, vanity),
        .get("/guilds/{guild_id}/integrations", .lookups, integrations),
        .delete("/guilds/{guild_id}/integrations/{integration_id}", edits, deleteIntegration),
    ]

    private static let numbers: [(String, ClosedRange<Int>)] = [
        ("verification_level", 0...4), ("default_message_notifications", 0...1), ("explicit_content_filter", 0...2),
        ("afk_timeout", 60...3600), ("system_channel_flags", 0...63),
    ]
    private static let channels = [
        "afk_channel_id", "system_channel_id", "rules_channel_id", "public_updates_channel_id",
        "safety_alerts_channel_id",
    ]
    private static let images = ["icon", "splash", "discovery_splash", "banner", "home_header"]

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        var new: JSONObject = [:]
        if let name = try body.text("name", length: 2...100) { new["name"] = .string(name) }
        if body.contains("description") { new["description"] = .text(try body.text("description", length: 0...300)) }
        for (name, range) in numbers {
            if let value = try body.int(name, in: range) { new[name] = .int(value) }
        }
        for name in channels where body.contains(name) {
            let id = body[name]?.snowflake
            if let id, world.channels[id]?.guildID != guild.id { throw .unknownChannel }
            new[name] = .id(id)
        }
        for name in images where body.contains(name) {
            new[name] = .text(try Base64Image(body, name, largest: 10 << 20)?.hash)
        }
        if body.contains("preferred_locale") {
            new["preferred_locale"] = body["preferred_locale"]?.isNull == false ? body["preferred_locale"] : "en-US"
        }
        if let shows = try body.flag("premium_progress_bar_enabled") {
            new["premium_progress_bar_enabled"] = .bool(shows)
        }
        if let features = body["features"]?.array {
            guard features.allSatisfy({ $0.string != nil }) else {
                throw .form("features", "STRING_TYPE_CONVERT", "Could not interpret as string.")
            }
            new["features"] = .array(features)
        }
        let old = world.wire(guild)
        if let name = new["name"]?.string { world.guilds[guild.id]?.name = name }
        world.guilds[guild.id]?.settings = guild.settings.merging(new)
        world.guilds[guild.id]?.settings["name"] = nil
        let changes = new.members.compactMap { AuditEntry.change($0.key, old[$0.key], $0.value) }
        let shown = world.guilds[guild.id].map { world.wire($0) } ?? old
        guard !changes.isEmpty else { return .ok(shown) }
        world.emit("GUILD_UPDATE", guild: guild.id, shown)
        world.audit(.guildUpdate, in: guild.id, by: try call.actor, target: guild.id, changes: changes)
        return .ok(shown)
    }

    /// At most 24 hours ahead. Source: <https://discord.com/developers/docs/resources/guild#modify-guild-incident-actions>
    static func setIncidents(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        var incidents = guild.incidents
        func until(_ name: String, _ old: Timestamp?) throws(APIError) -> Timestamp? {
            guard let value = body[name] else { return old }
            guard let time = try MemberRoutes.timestamp(value, name) else { return nil }
            guard time - world.now <= Timestamp.secondsPerDay else {
                throw .form(name, "INCIDENT_ACTION_TOO_FAR", "Must be within the next 24 hours")
            }
            return time > world.now ? time : nil
        }
        incidents.invitesDisabledUntil = try until("invites_disabled_until", incidents.invitesDisabledUntil)
        incidents.messagesDisabledUntil = try until("dms_disabled_until", incidents.messagesDisabledUntil)
        world.guilds[guild.id]?.incidents = incidents
        if let changed = world.guilds[guild.id] { world.emit("GUILD_UPDATE", guild: guild.id, world.wire(changed)) }
        world.audit(
            .guildUpdate, in: guild.id, by: try call.actor, target: guild.id,
            changes: [
                AuditEntry.change(
                    "invites_disabled_until", .time(guild.incidents.invitesDisabledUntil),
                    .time(incidents.invitesDisabledUntil)),
                AuditEntry.change(
                    "dms_disabled_until", .time(guild.incidents.messagesDisabledUntil),
                    .time(incidents.messagesDisabledUntil)),
            ])
        return .ok([
            "invites_disabled_until": .time(incidents.invitesDisabledUntil),
            "dms_disabled_until": .time(incidents.messagesDisabledUntil),
        ])
    }

    static func preview(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let whole = world.wire(guild)
        var object: JSONObject = [
            "id": .id(guild.id), "approximate_member_count": .int(guild.members.count),
            "approximate_presence_count": .int(guild.members.count / 2),
        ]
        for name in [
            "name", "icon", "description", "home_header", "splash", "discovery_splash", "features", "emojis",
            "stickers",
        ] { object[name] = whole[name] ?? .null }
        return .ok(object)
    }

    static func vanity(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        return .ok(["code": guild.settings["vanity_url_code"] ?? .null, "uses": 0])
    }

    static func integrations(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        return .ok(World.ordered(guild.integrations))
    }

    /// The bot of an integration leaves with it.
    static func deleteIntegration(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        let id = try call.id("integration_id")
        guard let integration = guild.integrations[id] else { throw .unknownIntegration }
        world.guilds[guild.id]?.integrations[id] = nil
        var data: JSONObject = ["id": .id(id), "guild_id": .id(guild.id)]
        let bot = integration["application"]?["id"]?.snowflake
        if let bot { data["application_id"] = .id(bot) }
        world.emit("INTEGRATION_DELETE", guild: guild.id, data)
        world.emit("GUILD_INTEGRATIONS_UPDATE", guild: guild.id, ["guild_id": .id(guild.id)])
        world.audit(.integrationDelete, in: guild.id, by: try call.actor, target: id)
        if let bot { world.removeMember(bot, from: guild.id) }
        return .noContent
    }
}
