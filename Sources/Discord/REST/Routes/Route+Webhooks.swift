import Contracts

extension Route {
    static let createWebhook = Route(
        .post, "/channels/{channel_id}/webhooks",
        needs: .manageWebhooks, reason: true, page: "resources/webhook#create-webhook")
    static let getChannelWebhooks = Route(
        .get, "/channels/{channel_id}/webhooks", needs: .manageWebhooks, page: "resources/webhook#get-channel-webhooks")
    static let getGuildWebhooks = Route(
        .get, "/guilds/{guild_id}/webhooks", needs: .manageWebhooks, page: "resources/webhook#get-guild-webhooks")
    static let getWebhook = Route(
        .get, "/webhooks/{webhook_id}", needs: .manageWebhooks, page: "resources/webhook#get-webhook")
    static let modifyWebhook = Route(
        .patch, "/webhooks/{webhook_id}",
        needs: .manageWebhooks, reason: true, page: "resources/webhook#modify-webhook")
    static let deleteWebhook = Route(
        .delete, "/webhooks/{webhook_id}",
        needs: .manageWebhooks, reason: true, page: "resources/webhook#delete-webhook")
    static let executeWebhook = Route(
        .post, "/webhooks/{webhook_id}/{webhook_token}",
        authorized: false, lane: .post, page: "resources/webhook#execute-webhook")
    static let getWebhookMessage = Route(
        .get, "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        authorized: false, page: "resources/webhook#get-webhook-message")
    static let editWebhookMessage = Route(
        .patch, "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        authorized: false, lane: .post, page: "resources/webhook#edit-webhook-message")
    static let deleteWebhookMessage = Route(
        .delete, "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        authorized: false, page: "resources/webhook#delete-webhook-message")

    static let webhooks: [Route] = [
        .createWebhook, .getChannelWebhooks, .getGuildWebhooks, .getWebhook, .modifyWebhook, .deleteWebhook,
        .executeWebhook, .getWebhookMessage, .editWebhookMessage, .deleteWebhookMessage,
    ]
}
