public import Contracts

extension DiscordREST {
    /// `emoji`: a unicode emoji, or `name:id` of a custom one.
    /// Source: <https://discord.com/developers/docs/resources/message#create-reaction>
    public func addReaction(
        _ emoji: String,
        to message: Snowflake,
        in channel: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.createReaction.at(channel, message, emoji), deadline: deadline)
    }

    /// Takes back a reaction: the bot's own, or of `user` with MANAGE_MESSAGES.
    public func removeReaction(
        _ emoji: String,
        of user: Snowflake? = nil,
        from message: Snowflake,
        in channel: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        let endpoint =
            if let user {
                Route.deleteUserReaction.at(channel, message, emoji, user)
            } else {
                Route.deleteOwnReaction.at(channel, message, emoji)
            }
        try await change(endpoint, deadline: deadline)
    }

    /// All reactions, or all with one emoji.
    public func clearReactions(
        of emoji: String? = nil,
        from message: Snowflake,
        in channel: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        let endpoint =
            if let emoji {
                Route.deleteAllReactionsForEmoji.at(channel, message, emoji)
            } else {
                Route.deleteAllReactions.at(channel, message)
            }
        try await change(endpoint, deadline: deadline)
    }

    /// Who reacted, by ascending id; `limit` 1...100.
    public func reactions(
        with emoji: String,
        to message: Snowflake,
        in channel: Snowflake,
        after: Snowflake? = nil,
        limit: Int = 25,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [User] {
        try await get(
            Route.getReactions.at(channel, message, emoji), query: .page(limit: limit, after: after),
            deadline: deadline)
    }
}

extension [(name: String, value: String)] {
    /// The usual page of a list.
    static func page(limit: Int, before: Snowflake? = nil, after: Snowflake? = nil) -> Self {
        var query: Self = [(name: "limit", value: String(limit))]
        if let before { query.append((name: "before", value: before.description)) }
        if let after { query.append((name: "after", value: after.description)) }
        return query
    }
}
