/// Counts the answers that Discord counts towards a block of this host's address: 10,000 of 401, 403 and non-shared
/// 429 in ten minutes. Pure; time is any clock that never goes back.
/// Source: <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
struct InvalidRequestBudget: Sendable {
    /// Several processes can share an address, so each stops far below Discord's figure.
    static let defaultLimit = 2000
    static let window: Duration = .seconds(600)
    private static let slot: Duration = .seconds(10)

    private let limit: Int
    private var slots: [(start: Duration, count: Int)] = []

    init(limit: Int = defaultLimit) {
        self.limit = limit
    }

    mutating func record(at now: Duration) {
        if let last = slots.last, now - last.start < Self.slot {
            slots[slots.count - 1].count += 1
        } else {
            slots.append((now, 1))
        }
    }

    /// How long no request may be sent; nil when one may.
    mutating func pause(at now: Duration) -> Duration? {
        // A slot's last answer can be as young as the slot is long.
        slots.removeAll { now - $0.start >= Self.window + Self.slot }
        let count = slots.reduce(0) { $0 + $1.count }
        guard count >= limit, let oldest = slots.first else { return nil }
        return oldest.start + Self.window + Self.slot - now
    }
}
