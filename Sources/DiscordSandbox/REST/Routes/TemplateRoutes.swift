import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild-template>
enum TemplateRoutes {
    private static let edits = RateRule.shared("template", 5, seconds: 10)
    private static let templates = "/guilds/{guild_id}/templates"

    static let all: [Route] = [
        .get("/guilds/templates/{code}", .lookups, any),
        .get(templates, .lookups, list),
        .post(templates, edits, create),
        .put("\(templates)/{code}", edits, synchronize),
        .patch("\(templates)/{code}", edits, change),
        .delete("\(templates)/{code}", edits, delete),
    ]

    static func any(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let code = call.path["code"] ?? ""
        guard let template = world.guilds.values.lazy.compactMap({ $0.templates[code] }).first else {
            throw .unknownTemplate
        }
        return .ok(template)
    }

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        return .ok(guild.templates.sorted { $0.key < $1.key }.map(\.value))
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), where: user, has: .manageGuild)
        guard guild.templates.isEmpty else {
            throw APIError(status: 400, code: 30031, message: "Guild already has a template")
        }
        let code = String(call.randomToken.prefix(12))
        let template: JSONObject = [
            "code": .string(code), "name": .string(try body.requiredText("name", length: 1...100)),
            "description": .text(try body.text("description", length: 0...120)), "usage_count": 0,
            "creator_id": .id(user), "creator": .object(world.wireUser(user)), "created_at": .time(world.now),
            "updated_at": .time(world.now), "source_guild_id": .id(guild.id),
            "serialized_source_guild": .object(snapshot(of: guild, world)), "is_dirty": nil,
        ]
        keep(template, code, guild, "template.create", &world, user)
        return .ok(template)
    }

    private static func found(_ world: World, _ call: APICall) throws(APIError) -> (Guild, String, JSONObject) {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        let code = call.path["code"] ?? ""
        guard let template = guild.templates[code] else { throw .unknownTemplate }
        return (guild, code, template)
    }

    static func synchronize(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var (guild, code, template) = try found(world, call)
        template["serialized_source_guild"] = .object(snapshot(of: guild, world))
        template["updated_at"] = .time(world.now)
        keep(template, code, guild, "template.sync", &world, try call.user)
        return .ok(template)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var (guild, code, template) = try found(world, call)
        let body = try call.object
        if let name = try body.text("name", length: 1...100) { template["name"] = .string(name) }
        if body.contains("description") {
            template["description"] = .text(try body.text("description", length: 0...120))
        }
        keep(template, code, guild, "template.update", &world, try call.user)
        return .ok(template)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, code, template) = try found(world, call)
        keep(nil, code, guild, "template.delete", &world, try call.user)
        return .ok(template)
    }

    private static func keep(
        _ template: JSONObject?, _ code: String, _ guild: Guild, _ effect: String, _ world: inout World,
        _ user: Snowflake
    ) {
        world.guilds[guild.id]?.templates[code] = template
        world.record(effect, by: user, target: guild.id)
    }

    /// Ids become small numbers: they stand for something only inside the template.
    private static func snapshot(of guild: Guild, _ world: World) -> JSONObject {
        let whole = world.wire(guild)
        var object: JSONObject = [:]
        for name in [
            "name", "description", "region", "verification_level", "default_message_notifications",
            "explicit_content_filter", "preferred_locale", "afk_timeout", "system_channel_flags",
        ] { object[name] = whole[name] ?? .null }
        object["afk_channel_id"] = .null
        object["system_channel_id"] = .null
        let roles = guild.roles.values.sorted { ($0.position, $0.id) < ($1.position, $1.id) }
        object["roles"] = .array(
            roles.enumerated().map { index, role in
                [
                    "id": .int(index), "name": .string(role.name), "permissions": role.permissions.json,
                    "color": .int(role.color), "colors": nil, "hoist": .bool(role.hoist),
                    "mentionable": .bool(role.mentionable), "icon": nil, "unicode_emoji": nil,
                ]
            })
        object["channels"] = .array(
            // Templates know only these kinds.
            world.listedChannels(of: guild).filter { [.text, .voice, .category, .forum].contains($0.kind) }
                .enumerated().map { index, channel in
                    [
                        "id": .int(index + 1), "type": .int(channel.kind.rawValue), "name": .string(channel.name),
                        "position": .int(channel.position), "topic": .text(channel.topic), "bitrate": 64000,
                        "user_limit": 0, "nsfw": .bool(channel.isNSFW), "rate_limit_per_user": .int(channel.slowmode),
                        "parent_id": nil, "default_auto_archive_duration": nil, "permission_overwrites": [],
                        "available_tags": nil, "template": "", "default_reaction_emoji": nil,
                        "default_thread_rate_limit_per_user": nil, "default_sort_order": nil,
                        "default_forum_layout": nil, "default_tag_setting": nil, "theme_color": nil,
                    ]
                })
        return object
    }
}
