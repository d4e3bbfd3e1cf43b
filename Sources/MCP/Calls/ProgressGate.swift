/// Which reports of progress go out: they must rise, end at the total, and not flood the client.
struct ProgressGate: Sendable {
    /// Reports that may go out at once, after a while without any.
    private static let burst = 10.0
    private static let perSecond = 20.0

    private var last = -Double.infinity
    private var isComplete = false
    private var tokens = Self.burst
    private var refilled: ContinuousClock.Instant?

    mutating func admits(_ progress: Progress, at now: ContinuousClock.Instant) -> Bool {
        guard progress.value.isFinite, progress.value > last, !isComplete else { return false }
        if let refilled { tokens = min(Self.burst, tokens + Self.perSecond * ((now - refilled) / .seconds(1))) }
        refilled = now
        let completes = progress.total.map { progress.value >= $0 } ?? false
        // The last one always goes out: a bar that stops short looks like a failure.
        guard tokens >= 1 || completes else { return false }
        tokens -= 1
        last = progress.value
        isComplete = completes
        return true
    }
}
