import Contracts

/// Who was let in within the last minute: only asked while Redis is away. Keyed by the SHA-256 of the bearer text, so
/// that no credential is kept. Pure: times are durations on any steady clock.
struct PrincipalCache {
    /// Longest time without word from Redis.
    static let lifetime = Duration.seconds(60)

    private struct Entry {
        let grant: AccessGrant
        let seen: Duration
    }

    private let capacity: Int
    private var entries: [[UInt8]: Entry] = [:]
    /// Per key, since one key may be here as several tokens.
    private var limiters: [String: GCRA] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Redis has just let this bearer in.
    mutating func store(_ bearer: [UInt8], _ grant: AccessGrant, now: Duration) {
        if !limiters.isEmpty { limiters = [:] }
        if entries[bearer] == nil, entries.count >= capacity {
            entries = entries.filter { now - $0.value.seen < Self.lifetime }
            // Still full of living entries: this one does without.
            guard entries.count < capacity else { return }
        }
        entries[bearer] = Entry(grant: grant, seen: now)
    }

    /// Redis has just refused this bearer.
    mutating func remove(_ bearer: [UInt8]) {
        entries[bearer] = nil
    }

    func grant(_ bearer: [UInt8], now: Duration) -> AccessGrant? {
        guard let entry = entries[bearer], now - entry.seen < Self.lifetime else { return nil }
        return entry.grant
    }

    /// nil: let through; else how long to wait.
    mutating func spend(_ keyID: String, _ limit: RateLimit, now: Duration) -> Duration? {
        limiters[keyID, default: GCRA()].spend(limit, now: now)
    }
}
