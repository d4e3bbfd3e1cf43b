import Contracts

extension World {
    /// Sources: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30007, 30058)
    private static let mostInChannel = 15
    private static let mostInGuild = 1000

    mutating func createWebhook(
        name: String, avatar: String?, token: String?, source: Webhook.Source? = nil, in channelID: Snowflake,
        by actor: Actor
    ) throws(APIError) -> Webhook {
        let channel = try guildChannel(channelID, where: actor.id, has: [.manageWebhooks])
        guard channel.kind.holdsMessages || channel.kind.isForum, !channel.kind.isThread else {
            throw .wrongChannelType
        }
        guard webhooks.values.count(where: { $0.channelID == channelID }) < Self.mostInChannel else {
            throw .limit(30007, "webhooks", Self.mostInChannel)
        }
        guard webhooks.values.count(where: { $0.guildID == channel.guildID }) < Self.mostInGuild else {
            throw .limit(30058, "webhooks per guild", Self.mostInGuild)
        }
        let webhook = Webhook(
            id: mintID(), guildID: channel.guildID, channelID: channelID, creatorID: actor.id, name: name,
            token: token, avatar: avatar, source: source)
        webhooks[webhook.id] = webhook
        announce(.webhookCreate, webhook, by: actor, changes: [.init(key: "name", old: nil, new: .string(name))])
        return webhook
    }

    /// By its token, or by someone who may manage webhooks.
    func webhook(_ id: Snowflake, token: String?, by actor: Actor?) throws(APIError) -> Webhook {
        guard let webhook = webhooks[id] else { throw .unknownWebhook }
        if let token {
            guard token == webhook.token else { throw .invalidWebhookToken }
        } else {
            guard let actor else { throw .unauthorized }
            _ = try channel(webhook.channelID, where: actor.id, has: [.manageWebhooks])
        }
        return webhook
    }

    struct WebhookChange: Equatable, Sendable {
        var name: String?
        var avatar: String??
        var channelID: Snowflake?
    }

    mutating func changeWebhook(
        _ id: Snowflake, token: String?, by actor: Actor?, _ change: WebhookChange
    ) throws(APIError) -> Webhook {
        let old = try webhook(id, token: token, by: actor)
        var new = old
        if let name = change.name { new.name = name }
        if let avatar = change.avatar { new.avatar = avatar }
        if let channelID = change.channelID, let actor {
            let target = try guildChannel(channelID, where: actor.id, has: .manageWebhooks)
            guard target.guildID == old.guildID else { throw .unknownChannel }
            new.channelID = channelID
        }
        guard new != old else { return old }
        webhooks[id] = new
        announce(
            .webhookUpdate, new, by: actor ?? Actor(id: id),
            changes: [
                AuditEntry.change("name", .string(old.name), .string(new.name)),
                AuditEntry.change("channel_id", .id(old.channelID), .id(new.channelID)),
                AuditEntry.change("avatar_hash", .text(old.avatar), .text(new.avatar)),
            ])
        return new
    }

    mutating func deleteWebhook(_ id: Snowflake, token: String?, by actor: Actor?) throws(APIError) {
        let webhook = try webhook(id, token: token, by: actor)
        webhooks[id] = nil
        announce(
            .webhookDelete, webhook, by: actor ?? Actor(id: webhook.creatorID),
            changes: [.init(key: "name", old: .string(webhook.name), new: nil)])
    }

    private mutating func announce(
        _ action: AuditAction, _ webhook: Webhook, by actor: Actor, changes: [AuditEntry.Change?]
    ) {
        emit(
            "WEBHOOKS_UPDATE", guild: webhook.guildID, to: .readers(of: webhook.channelID),
            ["guild_id": .id(webhook.guildID), "channel_id": .id(webhook.channelID)])
        audit(
            action, in: webhook.guildID, by: actor, target: webhook.id, channel: webhook.channelID, changes: changes)
    }
}
