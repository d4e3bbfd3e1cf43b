/// Discord's limit of 120 sends in 60 seconds on one connection. Pure.
/// Source: <https://discord.com/developers/docs/events/gateway#rate-limiting>
struct SendWindow: Sendable {
    static let limit = 120
    /// Commands leave room for heartbeats.
    static let commandLimit = 110
    /// Longer than 60 seconds: Discord counts at arrival.
    static let length: Duration = .seconds(61)

    private var sends: [Duration] = []

    mutating func record(at now: Duration) {
        sends.append(now)
    }

    mutating func allows(limit: Int, at now: Duration) -> Bool {
        sends.removeAll { $0 + Self.length <= now }
        return sends.count < limit
    }

    /// When the oldest send leaves the window.
    var nextChange: Duration? {
        sends.first.map { $0 + Self.length }
    }
}
