import Contracts

/// Source: <https://discord.com/developers/docs/resources/sticker>
enum StickerRoutes {
    private static let edits = RateRule.shared("sticker", 5, seconds: 10)
    private static let stickers = "/guilds/{guild_id}/stickers"
    private static let most = 5
    private static let largest = 512 << 10
    private static let formats = ["image/png": 1, "image/apng": 2, "application/json": 3, "image/gif": 4]

    static let all: [Route] = [
        .get(stickers, .lookups, list),
        .get("\(stickers)/{sticker_id}", .lookups, get),
        .post(stickers, edits, create),
        .patch("\(stickers)/{sticker_id}", edits, change),
        .delete("\(stickers)/{sticker_id}", edits, delete),
        .get("/stickers/{sticker_id}", .lookups, any),
        .get("/sticker-packs", .lookups, packs),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(World.ordered(try world.guild(call.id("guild_id"), seenBy: call.user).stickers))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let sticker = guild.stickers[try call.id("sticker_id")] else { throw .unknownSticker }
        return .ok(sticker)
    }

    static func any(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let id = try call.id("sticker_id")
        guard let sticker = world.guilds.values.lazy.compactMap({ $0.stickers[id] }).first else {
            throw .unknownSticker
        }
        return .ok(sticker)
    }

    /// Discord's own packs are not here.
    static func packs(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply { .ok(["sticker_packs": []]) }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .createExpressions)
        let body = try call.object
        let name = try body.requiredText("name", length: 2...30)
        let tags = try body.requiredText("tags", length: 1...200)
        let text = try body.text("description", length: 0...100)
        guard let file = call.files.first else { throw .required("file") }
        guard file.size <= largest else {
            throw APIError(status: 400, code: 50045, message: "File uploaded exceeds the maximum size")
        }
        guard let format = formats[file.contentType ?? "image/png"] else {
            throw APIError(status: 400, code: 50046, message: "Invalid file uploaded")
        }
        guard guild.stickers.count < most else { throw .limit(30039, "stickers", most) }
        let id = world.mintID()
        let sticker: JSONObject = [
            "id": .id(id), "name": .string(name), "tags": .string(tags), "type": 2, "format_type": .int(format),
            "description": .text(text?.isEmpty == true ? nil : text), "available": true, "guild_id": .id(guild.id),
            "user": .object(world.wireUser(try call.user)),
        ]
        try keep(sticker, id, nil, .stickerCreate, &world, call)
        return .created(sticker)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (id, old) = try editable(world, call)
        let body = try call.object
        var sticker = old
        if let name = try body.text("name", length: 2...30) { sticker["name"] = .string(name) }
        if let tags = try body.text("tags", length: 1...200) { sticker["tags"] = .string(tags) }
        if body.contains("description") {
            sticker["description"] = .text(try body.text("description", length: 0...100))
        }
        try keep(sticker, id, old, .stickerUpdate, &world, call)
        return .ok(sticker)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (id, old) = try editable(world, call)
        try keep(nil, id, old, .stickerDelete, &world, call)
        return .noContent
    }

    private static func editable(_ world: World, _ call: APICall) throws(APIError) -> (Snowflake, JSONObject) {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let id = try call.id("sticker_id")
        guard let sticker = guild.stickers[id] else { throw .unknownSticker }
        try world.requireExpressionRight(over: sticker, in: guild, by: call.user)
        return (id, sticker)
    }

    private static func keep(
        _ sticker: JSONObject?, _ id: Snowflake, _ old: JSONObject?, _ action: AuditAction, _ world: inout World,
        _ call: APICall
    ) throws(APIError) {
        let guildID = try call.id("guild_id")
        world.guilds[guildID]?.stickers[id] = sticker
        world.emit(
            "GUILD_STICKERS_UPDATE", guild: guildID,
            ["guild_id": .id(guildID), "stickers": .array(World.ordered(world.guilds[guildID]?.stickers ?? [:]))])
        world.audit(
            action, in: guildID, by: try call.actor, target: id,
            changes: ["name", "tags", "description"].map { AuditEntry.change($0, old?[$0], sticker?[$0]) })
    }
}
