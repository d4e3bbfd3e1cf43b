/// Source: <https://discord.com/developers/docs/resources/invite#invite-object>
public struct Invite: Hashable, Sendable, Decodable {
    public var code: String
    public var guild: Guild?
    public var channel: Channel?
    public var inviter: User?
    public var approximateMemberCount: Int?
    public var approximatePresenceCount: Int?
    public var expiresAt: Timestamp?
    public var createdAt: Timestamp?
    public var uses: Int?
    /// 0 is no limit.
    public var maxUses: Int?
    /// Seconds; 0 is for ever.
    public var maxAge: Int?
    public var temporary: Bool?

    enum CodingKeys: String, CodingKey {
        case code, guild, channel, inviter, uses, temporary
        case approximateMemberCount = "approximate_member_count"
        case approximatePresenceCount = "approximate_presence_count"
        case expiresAt = "expires_at"
        case createdAt = "created_at"
        case maxUses = "max_uses"
        case maxAge = "max_age"
    }
}
