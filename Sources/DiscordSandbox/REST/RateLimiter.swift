/// So many calls in so much time. Discord does not publish these numbers and tells clients to read the headers; ours are
/// near those that bots report.
struct RateRule: Hashable, Sendable {
    let bucket: String
    let limit: Int
    let windowMilliseconds: Int64

    static func shared(_ bucket: String, _ limit: Int, seconds: Double) -> RateRule {
        RateRule(bucket: bucket, limit: limit, windowMilliseconds: Int64(seconds * 1000))
    }

    static let lookups = shared("lookups", 50, seconds: 1)

    /// The opaque name of the wire; like Discord's it does not include the major parameter.
    var hash: String {
        let digest = bucket.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Fixed windows that open with their first call, one for each (bucket, major parameter, token), and 50 calls a second
/// for each token. Source: <https://discord.com/developers/docs/topics/rate-limits>
struct RateLimiter: Sendable {
    static let globalLimit = 50
    /// How often a webhook that is gone may be asked for in ten minutes before its client is kept out.
    /// Source: <https://discord.com/developers/docs/resources/webhook>
    static let deadWebhookLimit = 10
    /// Answers 401, 403 and 429 for one client in ten minutes before Cloudflare bans it.
    static let invalidLimit = 10_000
    private static let invalidWindowMilliseconds: Int64 = 600_000
    private static let sweepAt = 4096

    enum Verdict: Equatable, Sendable {
        case allowed(Headers)
        case limited(Headers, retryAfter: Double)
        case globallyLimited(retryAfter: Double)
    }

    struct Headers: Equatable, Sendable {
        let limit: Int
        let remaining: Int
        let resetAt: Timestamp
        let resetAfter: Double
        let bucket: String
    }

    private struct Key: Hashable {
        let bucket: String
        let major: String
        let token: String
    }

    private struct Window {
        let opened: Timestamp
        let milliseconds: Int64
        var used = 0

        func ended(at now: Timestamp) -> Bool { now.milliseconds - opened.milliseconds >= milliseconds }
    }

    private var windows: [Key: Window] = [:]
    private var global: [String: Window] = [:]
    private var invalid: [String: Window] = [:]
    private var dead: [String: Window] = [:]
    private let perSecond: Int

    init(perSecond: Int = globalLimit) { self.perSecond = perSecond }

    mutating func admit(_ rule: RateRule, major: String, token: String, now: Timestamp) -> Verdict {
        var second = global[token] ?? Window(opened: now, milliseconds: 1000)
        if second.ended(at: now) { second = Window(opened: now, milliseconds: 1000) }
        guard second.used < perSecond else {
            return .globallyLimited(retryAfter: second.opened + 1 - now)
        }
        second.used += 1
        global[token] = second

        if windows.count > Self.sweepAt { windows = windows.filter { !$0.value.ended(at: now) } }
        let key = Key(bucket: rule.bucket, major: major, token: token)
        var window = windows[key] ?? Window(opened: now, milliseconds: rule.windowMilliseconds)
        if window.ended(at: now) { window = Window(opened: now, milliseconds: rule.windowMilliseconds) }
        let isAllowed = window.used < rule.limit
        if isAllowed { window.used += 1 }
        windows[key] = window
        let resetAt = Timestamp(milliseconds: window.opened.milliseconds + window.milliseconds)
        let headers = Headers(
            limit: rule.limit, remaining: rule.limit - window.used, resetAt: resetAt, resetAfter: resetAt - now,
            bucket: rule.hash)
        return isAllowed ? .allowed(headers) : .limited(headers, retryAfter: resetAt - now)
    }

    /// Seconds to wait for a limit that no header tells; nil when the call counts.
    mutating func waitOf(_ hidden: HiddenLimit, major: String, now: Timestamp) -> Double? {
        let key = Key(bucket: hidden.rule.bucket, major: "\(major)/\(hidden.key)", token: "")
        var window = windows[key] ?? Window(opened: now, milliseconds: hidden.rule.windowMilliseconds)
        if window.ended(at: now) { window = Window(opened: now, milliseconds: hidden.rule.windowMilliseconds) }
        defer { windows[key] = window }
        guard window.used < hidden.rule.limit else {
            return window.opened + Double(window.milliseconds) / 1000 - now
        }
        window.used += 1
        return nil
    }

    mutating func countDeadWebhook(from client: String, now: Timestamp) {
        var window = dead[client] ?? Window(opened: now, milliseconds: Self.invalidWindowMilliseconds)
        if window.ended(at: now) { window = Window(opened: now, milliseconds: Self.invalidWindowMilliseconds) }
        window.used += 1
        dead[client] = window
    }

    func webhookBanLeft(for client: String, now: Timestamp) -> Double? {
        guard let window = dead[client], !window.ended(at: now), window.used > Self.deadWebhookLimit else { return nil }
        return window.opened + 600 - now
    }

    mutating func countInvalid(from client: String, now: Timestamp) {
        var window = invalid[client] ?? Window(opened: now, milliseconds: Self.invalidWindowMilliseconds)
        if window.ended(at: now) { window = Window(opened: now, milliseconds: Self.invalidWindowMilliseconds) }
        window.used += 1
        invalid[client] = window
    }

    /// Seconds until Cloudflare lets that client in again; nil when it is not banned.
    func banLeft(for client: String, now: Timestamp) -> Double? {
        guard let window = invalid[client], !window.ended(at: now), window.used >= Self.invalidLimit else { return nil }
        return window.opened + 600 - now
    }

    func invalidCount(now: Timestamp) -> Int {
        invalid.values.filter { !$0.ended(at: now) }.reduce(0) { $0 + $1.used }
    }
}
