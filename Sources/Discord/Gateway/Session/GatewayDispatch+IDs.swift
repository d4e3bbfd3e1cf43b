public import Contracts

extension GatewayDispatch {
    /// The `guild_id` of the event, without decoding the rest.
    public var guildID: Snowflake? { id("guild_id") }

    /// The `id` of what the event carries, without decoding the rest.
    public var ownID: Snowflake? { id("id") }

    private func id(_ name: String) -> Snowflake? {
        JSONMembers(object: data)?.plainString(name).flatMap { Snowflake($0) }
    }
}
