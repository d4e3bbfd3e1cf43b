/// Values of the HTTP header fields that tell a caller its limits.
/// Source: <https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>
public enum RateLimitHeaders {
    /// `RateLimit-Policy`: `"key";q=100;w=60, "tenant";q=1000;w=60`
    public static func policy(_ states: [RateLimitState]) -> String {
        states.map { "\"\($0.policy)\";q=\($0.limit.quota);w=\($0.limit.window)" }.joined(separator: ", ")
    }

    /// `RateLimit`: `"key";r=42;t=12, "tenant";r=998;t=1`, times in whole seconds, rounded up.
    public static func limit(_ states: [RateLimitState]) -> String {
        states.map { "\"\($0.policy)\";r=\($0.remaining);t=\(wholeSeconds($0.reset))" }.joined(separator: ", ")
    }

    /// `Retry-After`: whole seconds, rounded up, at least 1, so that a caller that obeys is not refused again.
    public static func retryAfter(_ duration: Duration) -> String {
        String(max(1, wholeSeconds(duration)))
    }

    private static func wholeSeconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(0, attoseconds > 0 ? seconds + 1 : seconds)
    }
}
