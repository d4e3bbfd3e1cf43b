public import Contracts

/// Who the bot is, as READY says. Kept, because a resumed session has no READY.
public struct BotIdentity: Hashable, Sendable {
    public var userID: Snowflake
    public var name: String

    public init(userID: Snowflake, name: String) {
        self.userID = userID
        self.name = name
    }
}
