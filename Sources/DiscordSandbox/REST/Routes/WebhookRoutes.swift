import Contracts

/// Source: <https://discord.com/developers/docs/resources/webhook>
enum WebhookRoutes {
    private static let edits = RateRule.shared("webhook", 5, seconds: 5)

    static let all: [Route] = [
        .post("/channels/{channel_id}/webhooks", edits, create),
        .get("/channels/{channel_id}/webhooks", .lookups, listOfChannel),
        .get("/guilds/{guild_id}/webhooks", .lookups, listOfGuild),
        .get("/webhooks/{webhook_id}", .lookups, get),
        .delete("/webhooks/{webhook_id}", edits, delete),
        Route.post("/webhooks/{webhook_id}/{webhook_token}", .shared("webhook.execute", 5, seconds: 2), execute)
            .withoutToken,
        Route.delete("/webhooks/{webhook_id}/{webhook_token}", edits, deleteByToken).withoutToken,
    ]

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let name = try call.object.requiredText("name", length: 1...80)
        guard !["clyde", "discord"].contains(where: name.lowercased().contains) else {
            throw .form("name", "USERNAME_INVALID_CONTAINS", "Username cannot contain \"\(name)\"")
        }
        return .ok(
            world.wire(
                try world.createWebhook(name: name, token: call.randomToken, in: call.id("channel_id"), by: call.actor))
        )
    }

    static func listOfChannel(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.channel(call.id("channel_id"), where: call.user, has: [.manageWebhooks])
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
        guard let webhook = world.webhooks[try call.id("webhook_id")] else { throw .unknownWebhook }
        _ = try world.channel(webhook.channelID, where: call.user, has: [.manageWebhooks])
        return .ok(world.wire(webhook))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteWebhook(call.id("webhook_id"), token: nil, by: call.actor)
        return .noContent
    }

    static func deleteByToken(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteWebhook(call.id("webhook_id"), token: call.path["webhook_token"], by: nil)
        return .noContent
    }

    static func execute(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        guard let webhook = world.webhooks[try call.id("webhook_id")] else { throw .unknownWebhook }
        guard webhook.token == call.path["webhook_token"] else { throw .invalidWebhookToken }
        let draft = try MessageForm.draft(call.object, files: call.files) { world.mintID() }
        let name = try call.object.text("username", length: 1...80) ?? webhook.name
        let channelID = try call.snowflake("thread_id") ?? webhook.channelID
        let message = try world.createMessage(draft, in: channelID, by: .webhook(webhook.id, name: name))
        return try call.flag("wait") == true ? .ok(world.wire(message, to: nil)) : .noContent
    }
}
