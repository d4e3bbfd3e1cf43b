import Testing

@testable import DiscordSandbox

@Suite struct RateLimiterTests {
    @Test(
        "No window lets more through than its limit, and waiting always helps", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func strictness(seed: UInt64) {
        var random = DiscordSandbox.SeededGenerator(seed: seed)
        var limiter = RateLimiter()
        let rules: [RateRule] = [
            .shared("a", 5, seconds: 5), .shared("b", 1, seconds: 0.25), .shared("c", 10, seconds: 2),
        ]
        var admitted: [String: [Timestamp]] = [:]
        var all: [Timestamp] = []
        var now = noon
        for _ in 0..<5000 {
            now = Timestamp(milliseconds: now.milliseconds + Int64.random(in: 0...60, using: &random))
            let rule = rules[Int.random(in: 0..<rules.count, using: &random)]
            let major = Int.random(in: 0..<3, using: &random)
            switch limiter.admit(rule, major: "\(major)", token: "t", now: now) {
            case .allowed(let headers):
                admitted["\(rule.bucket)/\(major)", default: []].append(now)
                all.append(now)
                #expect(headers.remaining >= 0 && headers.resetAfter > 0, "seed \(seed)")
            case .limited(_, let seconds), .globallyLimited(let seconds):
                #expect(seconds > 0 && seconds <= 5, "seed \(seed)")
            }
        }
        for rule in rules {
            for major in 0..<3 {
                let times = admitted["\(rule.bucket)/\(major)"] ?? []
                #expect(Self.windowed(times, rule.windowMilliseconds) <= rule.limit, "seed \(seed)")
            }
        }
        #expect(Self.windowed(all, 1000) <= RateLimiter.globalLimit, "seed \(seed)")
    }

    /// Most calls in one window, windows opening as the limiter's do.
    private static func windowed(_ times: [Timestamp], _ milliseconds: Int64) -> Int {
        var most = 0
        var opened: Int64?
        var count = 0
        for time in times {
            if let start = opened, time.milliseconds - start < milliseconds {
                count += 1
            } else {
                (opened, count) = (time.milliseconds, 1)
            }
            most = max(most, count)
        }
        return most
    }

    @Test func waitingOutRetryAfterIsEnough() {
        var limiter = RateLimiter()
        let rule = RateRule.shared("x", 2, seconds: 3)
        var wait = 0.0
        for _ in 0..<3 {
            if case .limited(_, let seconds) = limiter.admit(rule, major: "1", token: "t", now: noon + 1) {
                wait = seconds
            }
        }
        #expect(wait == 3)
        guard case .allowed = limiter.admit(rule, major: "1", token: "t", now: noon + 1 + wait) else {
            Issue.record("still limited after retry_after")
            return
        }
    }

    @Test func tooManyInvalidRequestsBanTheClientForTheRestOfTheWindow() {
        var limiter = RateLimiter()
        for _ in 0..<RateLimiter.invalidLimit - 1 { limiter.countInvalid(from: "a", now: noon) }
        #expect(limiter.banLeft(for: "a", now: noon) == nil)
        limiter.countInvalid(from: "a", now: noon + 100)
        #expect(limiter.banLeft(for: "a", now: noon + 100) == 500)
        #expect(limiter.banLeft(for: "b", now: noon + 100) == nil)
        #expect(limiter.banLeft(for: "a", now: noon + 600) == nil)
    }
}
