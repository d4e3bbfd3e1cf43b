public import Contracts

/// A user in one guild. `user` is absent in the `member` part of messages.
/// Source: <https://discord.com/developers/docs/resources/guild#guild-member-object>
public struct Member: Hashable, Sendable, Codable {
    public var user: User?
    public var nick: String?
    /// Without @everyone.
    public var roles: [Snowflake]?
    public var joinedAt: Timestamp?
    public var premiumSince: Timestamp?
    /// The end of a time-out; can lie in the past.
    public var communicationDisabledUntil: Timestamp?
    public var pending: Bool?
    public var flags: Int?

    public init(user: User? = nil, nick: String? = nil, roles: [Snowflake]? = nil) {
        self.user = user
        self.nick = nick
        self.roles = roles
    }

    enum CodingKeys: String, CodingKey {
        case user, nick, roles, pending, flags
        case joinedAt = "joined_at"
        case premiumSince = "premium_since"
        case communicationDisabledUntil = "communication_disabled_until"
    }

    /// Whether the member is timed out at that time.
    public func isTimedOut(atUnixMilliseconds now: Int64) -> Bool {
        communicationDisabledUntil.map { $0.unixMilliseconds > now } ?? false
    }
}
