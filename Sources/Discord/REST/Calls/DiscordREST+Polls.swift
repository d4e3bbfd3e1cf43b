public import Contracts

extension DiscordREST {
    /// Who voted for an answer (counted from 1), by ascending id; `limit` 1...100.
    /// Source: <https://discord.com/developers/docs/resources/poll#get-answer-voters>
    public func voters(
        for answer: Int,
        of message: Snowflake,
        in channel: Snowflake,
        after: Snowflake? = nil,
        limit: Int = 25,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [User] {
        let page: PollVoters = try await get(
            Route.getAnswerVoters.at(channel, message, answer), query: .page(limit: limit, after: after),
            deadline: deadline)
        return page.users ?? []
    }

    /// Ends the bot's own poll at once.
    public func endPoll(
        _ message: Snowflake,
        in channel: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Message {
        try await make(Route.endPoll.at(channel, message), deadline: deadline)
    }
}

private struct PollVoters: Decodable {
    let users: [User]?
}
