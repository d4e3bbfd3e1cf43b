import Contracts

/// Welcome screen, onboarding and widget. Source: <https://discord.com/developers/docs/resources/guild>
enum GuildPageRoutes {
    private static let edits = RateRule.shared("guild.page", 5, seconds: 10)
    private static let guild = "/guilds/{guild_id}"

    static let all: [Route] = [
        .get("\(guild)/welcome-screen", .lookups, welcome),
        .patch("\(guild)/welcome-screen", edits, changeWelcome),
        .get("\(guild)/onboarding", .lookups, onboarding),
        .put("\(guild)/onboarding", edits, setOnboarding),
        .get("\(guild)/new-member-welcome", .lookups, newMembers),
        .get("\(guild)/widget", .lookups, widget),
        .patch("\(guild)/widget", edits, changeWidget),
        Route.get("\(guild)/widget.json", .lookups, widgetJSON).withoutToken,
        Route.get("\(guild)/widget.png", .lookups, widgetImage).withoutToken,
    ]

    static func welcome(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(try world.guild(call.id("guild_id"), seenBy: call.user).welcomeScreen)
    }

    static func changeWelcome(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        var screen = guild.welcomeScreen
        if body.contains("description") {
            screen["description"] = .text(try body.text("description", length: 0...140))
        }
        if let channels = body["welcome_channels"]?.array {
            guard channels.count <= 5 else { throw .badLength("welcome_channels", 0...5) }
            var kept: [JSONValue] = []
            for (index, channel) in channels.enumerated() {
                guard let id = channel["channel_id"]?.snowflake, world.channels[id]?.guildID == guild.id else {
                    throw .form("welcome_channels.\(index).channel_id", "CHANNEL_NOT_FOUND", "Unknown channel")
                }
                kept.append([
                    "channel_id": .id(id), "description": channel["description"] ?? "",
                    "emoji_id": channel["emoji_id"] ?? .null, "emoji_name": channel["emoji_name"] ?? .null,
                ])
            }
            screen["welcome_channels"] = .array(kept)
        }
        world.guilds[guild.id]?.welcomeScreen = screen
        world.audit(
            .guildUpdate, in: guild.id, by: try call.actor, target: guild.id,
            changes: [AuditEntry.change("welcome_screen", .object(guild.welcomeScreen), .object(screen))])
        return .ok(screen)
    }

    private static func shown(_ guild: Guild) -> JSONObject {
        let empty: JSONObject = [
            "guild_id": .id(guild.id), "prompts": [], "default_channel_ids": [], "enabled": false, "mode": 0,
        ]
        return empty.merging(guild.onboarding)
    }

    static func onboarding(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(shown(try world.guild(call.id("guild_id"), seenBy: call.user)))
    }

    static func setOnboarding(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild, .manageRoles])
        var new: JSONObject = [:]
        if let channels = try body.snowflakes("default_channel_ids") {
            for id in channels where world.channels[id]?.guildID != guild.id { throw .unknownChannel }
            new["default_channel_ids"] = .ids(channels)
        }
        if let isOn = try body.flag("enabled") { new["enabled"] = .bool(isOn) }
        if let mode = try body.int("mode", in: 0...1) { new["mode"] = .int(mode) }
        if let prompts = body["prompts"]?.array {
            var kept: [JSONValue] = []
            for prompt in prompts { kept.append(try Self.prompt(prompt, &world)) }
            new["prompts"] = .array(kept)
        }
        let before = shown(guild)
        world.guilds[guild.id]?.onboarding = guild.onboarding.merging(new)
        world.audit(
            .onboardingUpdate, in: guild.id, by: try call.actor, target: guild.id,
            changes: new.members.map { AuditEntry.change($0.key, before[$0.key], $0.value) })
        return .ok(before.merging(new))
    }

    /// Prompts and options without an id (or with a made-up small one) are new.
    private static func prompt(_ value: JSONValue, _ world: inout World) throws(APIError) -> JSONValue {
        guard let object = value.object else { throw .required("prompts") }
        let title = try object.requiredText("title", length: 1...100)
        var options: [JSONValue] = []
        for option in object["options"]?.array ?? [] {
            options.append([
                "id": .id(fresh(option["id"], &world)), "title": option["title"] ?? "",
                "description": option["description"]?.isNull == false ? option["description"] ?? "" : "",
                "emoji": [
                    "id": option["emoji_id"] ?? .null, "name": option["emoji_name"] ?? .null,
                    "animated": option["emoji_animated"] ?? false,
                ],
                "role_ids": option["role_ids"] ?? [], "channel_ids": option["channel_ids"] ?? [],
            ])
        }
        return [
            "id": .id(fresh(object["id"], &world)), "title": .string(title), "options": .array(options),
            "single_select": object["single_select"] ?? false, "required": object["required"] ?? false,
            "in_onboarding": object["in_onboarding"] ?? true, "type": object["type"] ?? 0,
        ]
    }

    private static func fresh(_ value: JSONValue?, _ world: inout World) -> Snowflake {
        if let id = value?.snowflake, id.rawValue > 1 << 22 { return id }
        return world.mintID()
    }

    /// Not set up here.
    static func newMembers(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        _ = try world.guild(call.id("guild_id"), seenBy: call.user)
        return .noContent
    }

    static func widget(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild).widget)
    }

    static func changeWidget(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .manageGuild)
        var widget = guild.widget
        if let isOn = try body.flag("enabled") { widget["enabled"] = .bool(isOn) }
        if body.contains("channel_id") {
            let id = body["channel_id"]?.snowflake
            if let id, world.channels[id]?.guildID != guild.id { throw .unknownChannel }
            widget["channel_id"] = .id(id)
        }
        world.guilds[guild.id]?.widget = widget
        if let changed = world.guilds[guild.id] { world.emit("GUILD_UPDATE", guild: guild.id, world.wire(changed)) }
        world.audit(
            .guildUpdate, in: guild.id, by: try call.actor, target: guild.id,
            changes: [
                AuditEntry.change("widget_enabled", guild.widget["enabled"], widget["enabled"]),
                AuditEntry.change("widget_channel_id", guild.widget["channel_id"], widget["channel_id"]),
            ])
        return .ok(widget)
    }

    private static func shownWidget(_ world: World, _ call: APICall) throws(APIError) -> Guild {
        guard let guild = world.guilds[try call.id("guild_id")] else { throw .unknownGuild }
        guard guild.widget["enabled"]?.bool == true else {
            throw APIError(status: 403, code: 50004, message: "Widget Disabled")
        }
        return guild
    }

    static func widgetJSON(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try shownWidget(world, call)
        let voice = world.listedChannels(of: guild).filter { $0.kind == .voice }
        return .ok([
            "id": .id(guild.id), "name": .string(guild.name), "instant_invite": nil,
            "channels": .array(
                voice.map { ["id": .id($0.id), "name": .string($0.name), "position": .int($0.position)] }),
            "members": [], "presence_count": .int(guild.members.count / 2),
        ])
    }

    /// One transparent pixel.
    private static let pixel: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
        8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0x0D, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0, 1, 0, 0, 5,
        0, 1, 0x0D, 0x0A, 0x2D, 0xB4, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]

    static func widgetImage(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        _ = try shownWidget(world, call)
        return APIReply(status: 200, file: .init(contentType: "image/png", bytes: pixel))
    }
}
