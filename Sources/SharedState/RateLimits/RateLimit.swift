/// So many requests in so many seconds, as GCRA keeps it: the whole quota may come at once, then one request every
/// `window / quota`. In the first window of a caller that never stops this lets at most twice the quota pass.
public struct RateLimit: Hashable, Sendable, Codable {
    /// At least 1.
    public let quota: Int
    /// Seconds, at least 1.
    public let window: Int

    /// nil when a number is below 1, or one is above 1,000,000,000 (requests) or 31 days (window).
    public init?(quota: Int, window: Int) {
        guard (1...1_000_000_000).contains(quota), (1...31 * 86_400).contains(window) else { return nil }
        self.quota = quota
        self.window = window
    }

    private init(uncheckedQuota quota: Int, window: Int) {
        self.quota = quota
        self.window = window
    }

    /// `100/60`, `100/60s`, `100/1m`, `5000/1h` or `100/m`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let quota = Int(parts[0]) else { return nil }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        var number = parts[1][...]
        var unit = 1
        if let last = number.last, let seconds = units[last] {
            unit = seconds
            number = number.dropLast()
            if number.isEmpty { number = "1" }
        }
        guard let count = Int(number), case let (window, overflow) = count.multipliedReportingOverflow(by: unit),
            !overflow
        else { return nil }
        self.init(quota: quota, window: window)
    }

    /// 100 requests a minute: the default of `RATE_LIMIT_REQUESTS` and `RATE_LIMIT_WINDOW`.
    public static let standard = RateLimit(uncheckedQuota: 100, window: 60)

    /// A part or a multiple of the quota in the same window, never below 1 request.
    public func scaled(by factor: Double) -> RateLimit {
        let quota = (Double(quota) * factor).rounded()
        return RateLimit(uncheckedQuota: Int(min(max(quota, 1), 1_000_000_000)), window: window)
    }
}

extension RateLimit: CustomStringConvertible {
    /// `100/60`
    public var description: String { "\(quota)/\(window)" }
}
