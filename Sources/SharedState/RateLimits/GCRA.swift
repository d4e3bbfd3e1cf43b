/// The generic cell rate algorithm with one number of state, the same as the front door's script keeps in Redis.
struct GCRA: Hashable, Sendable {
    /// When the bucket would be empty again, on the caller's clock.
    private var arrival: Duration = .zero

    /// nil: let through; else how long to wait.
    mutating func spend(_ limit: RateLimit, now: Duration) -> Duration? {
        let emission = Duration.seconds(limit.window) / limit.quota
        let next = max(arrival, now) + emission
        let tooEarly = next - .seconds(limit.window) - now
        if tooEarly > .zero { return tooEarly }
        arrival = next
        return nil
    }
}
