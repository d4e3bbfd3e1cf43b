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
        try await make(
            Route.createMessage.at(channel), body: message, files: message.files,
            isRepeatable: message.nonce != nil, deadline: deadline)
    }

    /// Source: <https://discord.com/developers/docs/resources/message#edit-message>
    public func editMessage(
        _ id: Snowflake,
        in channel: Snowflake,
        _ edit: EditMessage,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Message {
        try await make(Route.editMessage.at(channel, id), body: edit, files: edit.files, deadline: deadline)
    }

    public func deleteMessage(
        _ id: Snowflake,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteMessage.at(channel, id), reason: reason, deadline: deadline)
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
            Route.bulkDeleteMessages.at(channel), body: BulkDelete(messages: ids), reason: reason, deadline: deadline)
    }

    /// Publishes a message of an announcement channel to those that follow it.
    public func crosspost(
        _ id: Snowflake,
        in channel: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Message {
        try await make(Route.crosspostMessage.at(channel, id), deadline: deadline)
    }

    /// Shows "is typing" for ten seconds.
    public func triggerTyping(in channel: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) {
        try await change(Route.triggerTyping.at(channel), deadline: deadline)
    }

    /// Searches Discord's own index. A guild that is not indexed yet is told as such.
    public func search(
        _ search: MessageSearch,
        in guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> MessageSearchAnswer {
        let endpoint = Route.searchGuildMessages.at(guild)
        try Self.check(search.problems, endpoint)
        var request = RESTRequest(endpoint)
        request.query = search.query
        let answer = try await send(request, deadline: deadline)
        guard answer.status == 202 else { return .found(try read(answer, of: request)) }
        let indexing: SearchIndexing = try read(answer, of: request)
        return .indexing(retryAfter: .seconds(min(max(indexing.retryAfter ?? 0, 1), 3600)))
    }
}

private struct BulkDelete: RequestBody {
    let messages: [Snowflake]

    var problems: [String] {
        var limits = RequestLimits()
        limits.count(messages, 2...100, "messages")
        limits.require(Set(messages).count == messages.count, "messages: hold an id twice")
        return limits.problems
    }
}
