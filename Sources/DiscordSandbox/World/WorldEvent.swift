import Contracts

/// A gateway dispatch before anyone decided who may see it.
struct WorldEvent: Equatable, Sendable {
    let name: String
    /// `.none` for what happens in direct messages.
    let guildID: Snowflake
    let audience: Audience
    let data: JSONObject
    /// Set on messages: who reads the content without the MESSAGE_CONTENT intent.
    var contentReaders: Set<Snowflake>?
    /// Set on member updates: the member itself is told without the GUILD_MEMBERS intent.
    var subject: Snowflake?

    enum Audience: Equatable, Sendable {
        case everyone
        case readers(of: Snowflake)
        /// Any one of these guild permissions.
        case holders(of: Permissions)
        case only(Set<Snowflake>)
    }
}
