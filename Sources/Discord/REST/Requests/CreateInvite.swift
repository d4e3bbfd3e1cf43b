/// Source: <https://discord.com/developers/docs/resources/channel#create-channel-invite>
public struct CreateInvite: Hashable, Sendable, RequestBody {
    /// Seconds, at most 604800 (7 days); 0 is for ever.
    public var maxAge: Int
    /// At most 100; 0 is no limit.
    public var maxUses: Int
    /// Members that leave without a role are removed again.
    public var temporary: Bool
    /// A new code even when a similar invite exists.
    public var unique: Bool

    public init(maxAge: Int = 86_400, maxUses: Int = 0, temporary: Bool = false, unique: Bool = true) {
        self.maxAge = maxAge
        self.maxUses = maxUses
        self.temporary = temporary
        self.unique = unique
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.value(maxAge, 0...604_800, "max_age")
        limits.value(maxUses, 0...100, "max_uses")
        return limits.problems
    }
}
