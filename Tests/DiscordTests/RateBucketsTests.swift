import Contracts
import Testing

@testable import Discord

@Suite struct RateBucketsTests {
    private let route = RateRoute(template: "GET /a", majorParameter: "1")
    private let other = RateRoute(template: "GET /a", majorParameter: "2")

    private func lease(_ buckets: inout RateBuckets, _ route: RateRoute, at now: Duration) -> UInt64? {
        if case .proceed(let lease) = buckets.reserve(route, at: now) { lease } else { nil }
    }

    private func wait(_ buckets: inout RateBuckets, _ route: RateRoute, at now: Duration) -> Duration? {
        if case .wait(let pause) = buckets.reserve(route, at: now) { pause } else { nil }
    }

    private func report(remaining: Int, resetAfter: Duration) -> RateReport {
        RateReport(status: 200, bucket: "x", limit: 3, remaining: remaining, resetAfter: resetAfter)
    }

    @Test func anUnknownBucketTakesOneAtATime() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        #expect(wait(&buckets, route, at: .zero) != nil)
        #expect(lease(&buckets, other, at: .zero) != nil, "another channel is another bucket")
        buckets.report(route, lease: first, report(remaining: 2, resetAfter: .seconds(5)), at: .zero)
        #expect(lease(&buckets, route, at: .zero) != nil)
        #expect(lease(&buckets, route, at: .zero) != nil)
        #expect(wait(&buckets, route, at: .zero) == .seconds(5))
    }

    @Test func whatIsInFlightStaysSubtractedAfterAReset() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        buckets.report(route, lease: first, report(remaining: 2, resetAfter: .seconds(5)), at: .zero)
        _ = lease(&buckets, route, at: .seconds(4.9))
        #expect(lease(&buckets, route, at: .seconds(5)) != nil)
        #expect(lease(&buckets, route, at: .seconds(5)) != nil)
        #expect(lease(&buckets, route, at: .seconds(5)) == nil, "the old one may count in the new window")
    }

    @Test func aLateAnswerDoesNotEndTheWindowEarly() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        buckets.report(route, lease: first, report(remaining: 2, resetAfter: .seconds(5)), at: .zero)
        let late = try #require(lease(&buckets, route, at: .zero))
        _ = lease(&buckets, route, at: .zero)
        buckets.report(route, lease: late, report(remaining: 0, resetAfter: .seconds(0.5)), at: .seconds(1))
        #expect(wait(&buckets, route, at: .seconds(2)) == .seconds(3))
    }

    @Test func lostAnswersCountAsIfDiscordCountedThem() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        buckets.report(route, lease: first, report(remaining: 2, resetAfter: .seconds(5)), at: .zero)
        for _ in 0..<3 {
            let lost = try #require(lease(&buckets, route, at: .seconds(5)))
            buckets.report(route, lease: lost, nil, at: .seconds(6))
        }
        #expect(wait(&buckets, route, at: .seconds(6)) == .seconds(5))
        #expect(lease(&buckets, route, at: .seconds(11)) != nil)
    }

    @Test func aRouteWithoutLimitsIsFree() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        buckets.report(route, lease: first, RateReport(status: 200), at: .zero)
        for _ in 0..<10 { #expect(lease(&buckets, route, at: .zero) != nil) }
    }

    @Test func fiftyInAnyWindow() {
        var buckets = RateBuckets()
        for channel in 0..<50 {
            let route = RateRoute(template: "GET /a", majorParameter: String(channel))
            #expect(lease(&buckets, route, at: .milliseconds(channel)) != nil)
        }
        #expect(
            wait(&buckets, RateRoute(template: "GET /b", majorParameter: ""), at: .milliseconds(60))
                == .milliseconds(1040))
        let exempt = RateRoute(template: "POST /interactions", majorParameter: "", countsGlobally: false)
        #expect(lease(&buckets, exempt, at: .milliseconds(60)) != nil)
    }

    @Test func aSharedLimitBlocksOnlyItsBucket() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        let shared = RateReport(
            status: 429, bucket: "x", limit: 3, remaining: 2, retryAfter: .seconds(9), scope: .shared)
        buckets.report(route, lease: first, shared, at: .zero)
        #expect(wait(&buckets, route, at: .seconds(1)) == .seconds(8))
        #expect(lease(&buckets, other, at: .seconds(1)) != nil)
        #expect(lease(&buckets, route, at: .seconds(9)) != nil)
    }

    @Test func aLeaseThatNobodyReportsEnds() throws {
        var buckets = RateBuckets()
        _ = lease(&buckets, route, at: .zero)
        #expect(wait(&buckets, route, at: .seconds(59)) != nil)
        #expect(lease(&buckets, route, at: .seconds(60)) != nil)
    }

    @Test func theInvalidBudgetSlides() {
        var budget = InvalidRequestBudget(limit: 3)
        for second in [0, 300, 301] { budget.record(at: .seconds(second)) }
        #expect(budget.pause(at: .seconds(400)) == .seconds(210))
        #expect(budget.pause(at: .seconds(610)) == nil)
    }
}
