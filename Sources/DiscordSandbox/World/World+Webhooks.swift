import Contracts

extension World {
    mutating func createWebhook(
        name: String, token: String, in channelID: Snowflake, by actor: Actor
    ) throws(APIError) -> Webhook {
        let channel = try channel(channelID, where: actor.id, has: [.manageWebhooks])
        // Source: <https://support.discord.com/hc/en-us/articles/228383668> (15 for a channel)
        guard webhooks.values.count(where: { $0.channelID == channelID }) < 15 else {
            throw APIError(status: 400, code: 30007, message: "Maximum number of webhooks reached (15)")
        }
        let webhook = Webhook(
            id: mintID(), guildID: channel.guildID, channelID: channelID, creatorID: actor.id, name: name, token: token)
        webhooks[webhook.id] = webhook
        announce(.webhookCreate, webhook, by: actor)
        return webhook
    }

    /// By its token, or by someone who may manage webhooks.
    mutating func deleteWebhook(_ id: Snowflake, token: String?, by actor: Actor?) throws(APIError) {
        guard let webhook = webhooks[id] else { throw .unknownWebhook }
        if let token {
            guard token == webhook.token else { throw .invalidWebhookToken }
        } else {
            guard let actor else { throw .unauthorized }
            _ = try channel(webhook.channelID, where: actor.id, has: [.manageWebhooks])
        }
        webhooks[id] = nil
        announce(.webhookDelete, webhook, by: actor ?? Actor(id: webhook.creatorID))
    }

    private mutating func announce(_ action: AuditAction, _ webhook: Webhook, by actor: Actor) {
        emit(
            "WEBHOOKS_UPDATE", guild: webhook.guildID, to: .readers(of: webhook.channelID),
            ["guild_id": .id(webhook.guildID), "channel_id": .id(webhook.channelID)])
        audit(action, in: webhook.guildID, by: actor, target: webhook.id, channel: webhook.channelID)
    }
}
