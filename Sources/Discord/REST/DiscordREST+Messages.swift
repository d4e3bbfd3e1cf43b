public import Contracts

extension DiscordREST {
    /// Which side of a message to read. Both ends are exclusive.
    public enum Anchor: Hashable, Sendable {
        case newest
        case before(Snowflake)
        /// The messages right after it.
        case after(Snowflake)
        case around(Snowflake)
    }

    public func channel(
        _ id: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Channel {
        try await get(Route.getChannel.at(id), deadline: deadline)
    }

    /// Newest first, always. Without READ_MESSAGE_HISTORY Discord answers an empty list. `limit` 1...100.
    /// Source: <https://discord.com/developers/docs/resources/message#get-channel-messages>
    public func messages(
        in channel: Snowflake,
        _ anchor: Anchor = .newest,
        limit: Int = 50,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Message] {
        var query = [(name: "limit", value: String(limit))]
        switch anchor {
        case .newest: break
        case .before(let id): query.append(("before", id.description))
        case .after(let id): query.append(("after", id.description))
        case .around(let id): query.append(("around", id.description))
        }
        return try await get(Route.getChannelMessages.at(channel), query: query, deadline: deadline)
    }

    public func message(
        _ id: Snowflake,
        in channel: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Message {
        try await get(Route.getMessage.at(channel, id), deadline: deadline)
    }

    /// Posts. After an unknown outcome it is sent again only with a nonce.
    /// Source: <https://discord.com/developers/docs/resources/message#create-message>
    public func createMessage(
        _ message: CreateMessage,
        in channel: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Message {
        let endpoint = Route.createMessage.at(channel)
        var request = RESTRequest(endpoint)
        request.body = try encode(message, for: endpoint)
        request.isRepeatable = message.nonce != nil
        return try read(try await send(request, deadline: deadline), of: request)
    }

    public func deleteMessage(
        _ id: Snowflake,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.deleteMessage.at(channel, id), body: String?.none, reason: reason, deadline: deadline)
    }

    /// 2...100 messages of a guild's channel, none older than 14 days, none twice; ids that do not exist are allowed.
    /// Source: <https://discord.com/developers/docs/resources/message#bulk-delete-messages>
    public func deleteMessages(
        _ ids: [Snowflake],
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.bulkDeleteMessages.at(channel), body: ["messages": ids], reason: reason, deadline: deadline)
    }
}
