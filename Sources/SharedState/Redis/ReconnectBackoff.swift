/// How long to wait before the next attempt to connect: at once, then doubling from 20 ms to 500 ms, ±20 %.
struct ReconnectBackoff {
    private var failures = 0

    mutating func succeeded() {
        failures = 0
    }

    mutating func failed(using random: inout some RandomNumberGenerator) -> Duration {
        // Front doors that lost the same Redis must not come back in step.
        let jitter = Double.random(in: 0.8...1.2, using: &random)
        let milliseconds = min(20.0 * Double(1 << min(failures, 10)), 500)
        failures += 1
        return .milliseconds(milliseconds * jitter)
    }
}
