public import Contracts

extension DiscordREST {
    /// The newest pin first, before a time; `limit` 1...50.
    /// Source: <https://discord.com/developers/docs/resources/message#get-channel-pins>
    public func pins(
        in channel: Snowflake,
        before: Timestamp? = nil,
        limit: Int = 50,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> PinPage {
        var query = [(name: "limit", value: String(limit))]
        if let before { query.append(("before", before.description)) }
        return try await get(Route.getPins.at(channel), query: query, deadline: deadline)
    }

    /// At most 250 pins a channel.
    public func pin(
        _ message: Snowflake,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.pinMessage.at(channel, message), reason: reason, deadline: deadline)
    }

    public func unpin(
        _ message: Snowflake,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.unpinMessage.at(channel, message), reason: reason, deadline: deadline)
    }
}
