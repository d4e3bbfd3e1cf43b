import Contracts

/// Kept and listed; nobody invokes them here.
/// Source: <https://discord.com/developers/docs/interactions/application-commands>
enum CommandRoutes {
    private static let edits = RateRule.shared("command", 5, seconds: 20)
    /// Slash commands; five of each kind of context menu.
    private static let most = [1: 100, 2: 5, 3: 5, 4: 1]

    static let all: [Route] = ["/applications/{application_id}/", "/applications/{application_id}/guilds/{guild_id}/"]
        .flatMap { base -> [Route] in
            [
                .get("\(base)commands", .lookups, list),
                .put("\(base)commands", edits, overwrite),
                .post("\(base)commands", edits, create),
                .get("\(base)commands/{command_id}", .lookups, get),
                .patch("\(base)commands/{command_id}", edits, change),
                .delete("\(base)commands/{command_id}", edits, delete),
            ]
        }

    private static func owner(_ call: APICall) throws(APIError) -> Snowflake {
        let id = try call.id("application_id")
        guard id == (try call.user) else { throw .missingAccess }
        return id
    }

    private static func stored(_ world: World, _ call: APICall) throws(APIError) -> [JSONObject] {
        let owner = try owner(call)
        guard call.path["guild_id"] != nil else { return world.commands[owner] ?? [] }
        return try world.guild(call.id("guild_id"), seenBy: owner).commands[owner] ?? []
    }

    private static func keep(
        _ commands: [JSONObject], _ effect: String, _ world: inout World, _ call: APICall
    ) throws(APIError) {
        let owner = try owner(call)
        if call.path["guild_id"] != nil {
            world.guilds[try call.id("guild_id")]?.commands[owner] = commands
        } else {
            world.commands[owner] = commands
        }
        world.record("command.\(effect)", by: owner, target: owner)
    }

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(try stored(world, call))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let id = try call.id("command_id")
        guard let command = try stored(world, call).first(where: { $0["id"]?.snowflake == id }) else {
            throw .unknownCommand
        }
        return .ok(command)
    }

    private static func command(
        _ body: JSONObject, old: JSONObject?, _ world: inout World, _ call: APICall
    ) throws(APIError) -> JSONObject {
        let name = try body.requiredText("name", length: 1...32)
        let kind = try body.int("type", in: 1...4) ?? 1
        let text = try body.text("description", length: 0...100) ?? ""
        guard kind != 1 || !text.isEmpty else { throw .required("description") }
        let options = body["options"]?.array ?? []
        guard options.count <= 25 else { throw .badLength("options", 0...25) }
        var command: JSONObject = [
            "id": old?["id"] ?? .id(world.mintID()), "application_id": .id(try owner(call)),
            "version": .id(world.mintID()), "type": .int(kind), "name": .string(name), "description": .string(text),
            "default_member_permissions": .text(body["default_member_permissions"]?.string),
            "name_localizations": body["name_localizations"] ?? .null,
            "description_localizations": body["description_localizations"] ?? .null,
            "nsfw": .bool(try body.flag("nsfw") ?? false), "integration_types": body["integration_types"] ?? [0],
            "contexts": body["contexts"] ?? .null,
        ]
        if !options.isEmpty { command["options"] = .array(options) }
        if call.path["guild_id"] != nil { command["guild_id"] = .id(try call.id("guild_id")) }
        return command
    }

    private static func check(_ commands: [JSONObject]) throws(APIError) {
        for (kind, limit) in most where commands.count(where: { $0["type"]?.int == kind }) > limit {
            throw .limit(30032, "application commands", limit)
        }
    }

    /// A name that is there is replaced, with 200 instead of 201.
    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var commands = try stored(world, call)
        let body = try call.object
        let same = commands.firstIndex {
            $0["name"]?.string == body["name"]?.string && $0["type"]?.int == (body["type"]?.int ?? 1)
        }
        let new = try command(body, old: same.map { commands[$0] }, &world, call)
        if let same { commands[same] = new } else { commands.append(new) }
        try check(commands)
        try keep(commands, "create", &world, call)
        return same == nil ? .created(new) : .ok(new)
    }

    static func overwrite(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let old = try stored(world, call)
        var commands: [JSONObject] = []
        for value in call.body?.array ?? [] {
            guard let body = value.object else { throw .required("name") }
            let same = old.first { $0["name"] == body["name"] && $0["type"]?.int == (body["type"]?.int ?? 1) }
            commands.append(try command(body, old: same, &world, call))
        }
        try check(commands)
        try keep(commands, "overwrite", &world, call)
        return .ok(commands)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var commands = try stored(world, call)
        let id = try call.id("command_id")
        guard let index = commands.firstIndex(where: { $0["id"]?.snowflake == id }) else { throw .unknownCommand }
        commands[index] = try command(
            commands[index].merging(call.object), old: commands[index], &world, call)
        try keep(commands, "update", &world, call)
        return .ok(commands[index])
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let id = try call.id("command_id")
        let left = try stored(world, call).filter { $0["id"]?.snowflake != id }
        guard left.count < (try stored(world, call)).count else { throw .unknownCommand }
        try keep(left, "delete", &world, call)
        return .noContent
    }
}
