import Contracts

/// Source: <https://discord.com/developers/docs/resources/webhook>
enum WebhookRoutes {
    private static let edits = RateRule.shared("webhook", 5, seconds: 5)
    private static let withToken = "/webhooks/{webhook_id}/{webhook_token}"

    static let all: [Route] = [
        .post("/channels/{channel_id}/webhooks", edits, create),
        .get("/channels/{channel_id}/webhooks", .lookups, listOfChannel),
        .get("/guilds/{guild_id}/webhooks", .lookups, listOfGuild),
        .get("/webhooks/{webhook_id}", .lookups, get),
        .patch("/webhooks/{webhook_id}", edits, change),
        .delete("/webhooks/{webhook_id}", edits, delete),
        Route.get(withToken, .lookups, getByToken).withoutToken,
        Route.patch(withToken, edits, changeByToken).withoutToken,
        Route.delete(withToken, edits, deleteByToken).withoutToken,
    ]

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let name = try name(body, required: true) ?? ""
        let webhook = try world.createWebhook(
            name: name, avatar: try avatar(body) ?? nil, token: call.randomToken, in: call.id("channel_id"),
            by: call.actor)
        return .ok(world.wire(webhook))
    }

    private static func name(_ body: JSONObject, required: Bool) throws(APIError) -> String? {
        let name =
            required ? try body.requiredText("name", length: 1...80) : try body.text("name", length: 1...80)
        if let name, let word = ["clyde", "discord"].first(where: name.lowercased().contains) {
            throw .form("name", "USERNAME_INVALID_CONTAINS", "Username cannot contain \"\(word)\"")
        }
        return name
    }

    /// The outer nil says nothing about it.
    private static func avatar(_ body: JSONObject) throws(APIError) -> String?? {
        guard body.contains("avatar") else { return nil }
        return .some(try Base64Image(body, "avatar", largest: 10 << 20)?.hash)
    }

    private static func change(of body: JSONObject) throws(APIError) -> World.WebhookChange {
        World.WebhookChange(
            name: try name(body, required: false), avatar: try avatar(body), channelID: body["channel_id"]?.snowflake)
    }

    static func listOfChannel(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.guildChannel(call.id("channel_id"), where: call.user, has: [.manageWebhooks])
        return .ok(list(world) { $0.channelID == channel.id })
    }

    static func listOfGuild(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageWebhooks])
        return .ok(list(world) { $0.guildID == guild.id })
    }

    private static func list(_ world: World, where wanted: (Webhook) -> Bool) -> [JSONObject] {
        world.webhooks.values.filter(wanted).sorted { $0.id < $1.id }.map { world.wire($0) }
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try world.webhook(call.id("webhook_id"), token: nil, by: call.actor)))
    }

    static func getByToken(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let webhook = try world.webhook(call.id("webhook_id"), token: call.path["webhook_token"], by: nil)
        return .ok(world.wire(webhook, hidingUser: true))
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(
            world.wire(
                try world.changeWebhook(call.id("webhook_id"), token: nil, by: call.actor, change(of: call.object))))
    }

    static func changeByToken(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var change = try change(of: call.object)
        change.channelID = nil
        let webhook = try world.changeWebhook(
            call.id("webhook_id"), token: call.path["webhook_token"], by: nil, change)
        return .ok(world.wire(webhook, hidingUser: true))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteWebhook(call.id("webhook_id"), token: nil, by: call.actor)
        return .noContent
    }

    static func deleteByToken(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteWebhook(call.id("webhook_id"), token: call.path["webhook_token"], by: nil)
        return .noContent
    }
}
