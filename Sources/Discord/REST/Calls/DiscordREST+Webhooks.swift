public import Contracts

extension DiscordREST {
    /// At most 15 a channel.
    public func createWebhook(
        _ webhook: WebhookRequest,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Webhook {
        try await make(Route.createWebhook.at(channel), body: webhook, reason: reason, deadline: deadline)
    }

    public func webhooks(in channel: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> [Webhook] {
        try await get(Route.getChannelWebhooks.at(channel), deadline: deadline)
    }

    public func webhooks(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> [Webhook] {
        try await get(Route.getGuildWebhooks.at(guild), deadline: deadline)
    }

    public func webhook(_ id: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> Webhook {
        try await get(Route.getWebhook.at(id), deadline: deadline)
    }

    public func modifyWebhook(
        _ id: Snowflake,
        _ webhook: WebhookRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Webhook {
        try await make(Route.modifyWebhook.at(id), body: webhook, reason: reason, deadline: deadline)
    }

    public func deleteWebhook(
        _ id: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteWebhook.at(id), reason: reason, deadline: deadline)
    }

    /// Posts and waits until the message is saved: without that Discord hides failures. Never repeated after an
    /// unknown outcome, since a webhook knows no nonce.
    public func execute(
        _ webhook: Snowflake,
        token: WebhookToken,
        _ message: WebhookMessage,
        in thread: Snowflake? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Message {
        try await make(
            Route.executeWebhook.at(webhook, token), query: [("wait", "true")] + Self.threadQuery(thread),
            body: message, files: message.files, deadline: deadline)
    }

    public func webhookMessage(
        _ id: Snowflake,
        of webhook: Snowflake,
        token: WebhookToken,
        in thread: Snowflake? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Message {
        try await get(
            Route.getWebhookMessage.at(webhook, token, id), query: Self.threadQuery(thread), deadline: deadline)
    }

    public func editWebhookMessage(
        _ id: Snowflake,
        of webhook: Snowflake,
        token: WebhookToken,
        _ edit: EditMessage,
        in thread: Snowflake? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Message {
        try await make(
            Route.editWebhookMessage.at(webhook, token, id), query: Self.threadQuery(thread), body: edit,
            files: edit.files, deadline: deadline)
    }

    public func deleteWebhookMessage(
        _ id: Snowflake,
        of webhook: Snowflake,
        token: WebhookToken,
        in thread: Snowflake? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.deleteWebhookMessage.at(webhook, token, id), query: Self.threadQuery(thread), deadline: deadline)
    }

    private static func threadQuery(_ thread: Snowflake?) -> [(name: String, value: String)] {
        thread.map { [("thread_id", $0.description)] } ?? []
    }
}
