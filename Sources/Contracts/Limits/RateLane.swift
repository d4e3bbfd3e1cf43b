/// Who goes first where calls wait for one of Discord's limits, over all processes of a bot.
///
/// A waiting call of a higher lane is served before one of a lower lane; every seventeenth call served goes to whoever
/// has waited longest, so that no lane waits for ever.
public enum RateLane: Int, Hashable, Sendable, CaseIterable, Comparable {
    case moderation = 0
    case post
    case read
    case backfill

    /// How many calls may be served before an older one of a lower lane.
    public static let patience = 16

    public static func < (left: RateLane, right: RateLane) -> Bool { left.rawValue < right.rawValue }
}
