import Contracts

/// Emojis of guilds and of applications. Source: <https://discord.com/developers/docs/resources/emoji>
enum EmojiRoutes {
    /// Limited for each guild; Discord warns that these headers may be wrong.
    private static let edits = RateRule.shared("emoji", 5, seconds: 10)
    private static let emojis = "/guilds/{guild_id}/emojis"
    private static let ofApplication = "/applications/{application_id}/emojis"
    /// Of a guild without boosts, still and animated each; of an application.
    private static let most = 50
    private static let mostOfApplication = 2000
    private static let largest = 256 << 10

    static let all: [Route] = [
        .get(emojis, .lookups, list),
        .get("\(emojis)/{emoji_id}", .lookups, get),
        .post(emojis, edits, create),
        .patch("\(emojis)/{emoji_id}", edits, change),
        .delete("\(emojis)/{emoji_id}", edits, delete),
        .get(ofApplication, .lookups, listOfApplication),
        .get("\(ofApplication)/{emoji_id}", .lookups, getOfApplication),
        .post(ofApplication, edits, createOfApplication),
        .patch("\(ofApplication)/{emoji_id}", edits, changeOfApplication),
        .delete("\(ofApplication)/{emoji_id}", edits, deleteOfApplication),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(World.ordered(try world.guild(call.id("guild_id"), seenBy: call.user).emojis))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let emoji = guild.emojis[try call.id("emoji_id")] else { throw .unknownEmoji }
        return .ok(emoji)
    }

    private static func new(_ world: inout World, _ call: APICall) throws(APIError) -> (Snowflake, JSONObject) {
        let body = try call.object
        let name = try name(body, required: true) ?? ""
        guard let image = try Base64Image(body, "image", largest: largest) else { throw .required("image") }
        let id = world.mintID()
        let emoji: JSONObject = [
            "id": .id(id), "name": .string(name), "roles": .ids(try body.snowflakes("roles") ?? []),
            "user": .object(world.wireUser(try call.user)), "require_colons": true, "managed": false,
            "animated": .bool(image.type == "image/gif"), "available": true,
        ]
        return (id, emoji)
    }

    private static func name(_ body: JSONObject, required: Bool) throws(APIError) -> String? {
        let name = required ? try body.requiredText("name", length: 2...32) : try body.text("name", length: 2...32)
        guard name?.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) ?? true else {
            throw .form("name", "STRING_TYPE_REGEX", "String value did not match validation regex.")
        }
        return name
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .createExpressions)
        let (id, emoji) = try new(&world, call)
        let same = guild.emojis.values.count { $0["animated"] == emoji["animated"] }
        guard same < most else { throw .limit(30008, "emojis", most) }
        try keep(emoji, id, nil, .emojiCreate, &world, call)
        return .created(emoji)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (id, old) = try editable(world, call)
        let body = try call.object
        var emoji = old
        if let name = try name(body, required: false) { emoji["name"] = .string(name) }
        if let roles = try body.snowflakes("roles") { emoji["roles"] = .ids(roles) }
        try keep(emoji, id, old, .emojiUpdate, &world, call)
        return .ok(emoji)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (id, old) = try editable(world, call)
        try keep(nil, id, old, .emojiDelete, &world, call)
        return .noContent
    }

    private static func editable(_ world: World, _ call: APICall) throws(APIError) -> (Snowflake, JSONObject) {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let id = try call.id("emoji_id")
        guard let emoji = guild.emojis[id] else { throw .unknownEmoji }
        try world.requireExpressionRight(over: emoji, in: guild, by: call.user)
        return (id, emoji)
    }

    private static func keep(
        _ emoji: JSONObject?, _ id: Snowflake, _ old: JSONObject?, _ action: AuditAction, _ world: inout World,
        _ call: APICall
    ) throws(APIError) {
        let guildID = try call.id("guild_id")
        world.guilds[guildID]?.emojis[id] = emoji
        world.emit(
            "GUILD_EMOJIS_UPDATE", guild: guildID,
            ["guild_id": .id(guildID), "emojis": .array(World.ordered(world.guilds[guildID]?.emojis ?? [:]))])
        world.audit(
            action, in: guildID, by: try call.actor, target: id,
            changes: [AuditEntry.change("name", old?["name"], emoji?["name"])])
    }

    static func listOfApplication(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(["items": .array(World.ordered(world.applicationEmojis[try own(call)] ?? [:]))])
    }

    private static func own(_ call: APICall) throws(APIError) -> Snowflake {
        let id = try call.id("application_id")
        guard id == (try call.user) else { throw .missingAccess }
        return id
    }

    private static func stored(_ world: World, _ call: APICall) throws(APIError) -> JSONObject {
        guard let emoji = world.applicationEmojis[try own(call)]?[try call.id("emoji_id")] else { throw .unknownEmoji }
        return emoji
    }

    static func getOfApplication(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(try stored(world, call))
    }

    static func createOfApplication(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let owner = try own(call)
        guard world.applicationEmojis[owner, default: [:]].count < mostOfApplication else {
            throw .limit(30008, "emojis", mostOfApplication)
        }
        let (id, emoji) = try new(&world, call)
        world.applicationEmojis[owner, default: [:]][id] = emoji
        world.record("application_emoji.create", by: owner, target: id)
        return .created(emoji)
    }

    static func changeOfApplication(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var emoji = try stored(world, call)
        if let name = try name(call.object, required: false) { emoji["name"] = .string(name) }
        world.applicationEmojis[try own(call)]?[try call.id("emoji_id")] = emoji
        world.record("application_emoji.update", by: try call.user, target: try call.id("emoji_id"))
        return .ok(emoji)
    }

    static func deleteOfApplication(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        _ = try stored(world, call)
        world.applicationEmojis[try own(call)]?[try call.id("emoji_id")] = nil
        world.record("application_emoji.delete", by: try call.user, target: try call.id("emoji_id"))
        return .noContent
    }
}

extension World {
    /// One's own with CREATE_GUILD_EXPRESSIONS, anyone's with MANAGE_GUILD_EXPRESSIONS.
    func requireExpressionRight(
        over object: JSONObject, in guild: Guild, by userID: Snowflake
    ) throws(APIError) {
        let granted = guildPermissions(of: userID, in: guild)
        let isOwn = object["user"]?["id"]?.snowflake == userID
        guard granted.contains(.manageExpressions) || isOwn && granted.contains(.createExpressions) else {
            throw .missingPermissions
        }
    }
}
