import Contracts
import Testing

@testable import Discord

@Suite struct RateBucketsTests {
    private let route = RateRoute(template: "GET /a", majorParameter: "1")
    private let other = RateRoute(template: "GET /a", majorParameter: "2")

    private func turn(
        _ route: RateRoute,
        _ lane: RateLane = .read,
        waited: Duration = .zero,
        _ ticket: UInt64? = nil
    ) -> RateTurn {
        RateTurn(
            route, lane: lane, ticket: ticket ?? .random(in: 0 ... .max), waited: waited,
            patience: ticket == nil ? .zero : .seconds(60))
    }

    private func lease(_ buckets: inout RateBuckets, _ route: RateRoute, at now: Duration) -> UInt64? {
        if case .proceed(let lease) = buckets.reserve(turn(route), at: now) { lease } else { nil }
    }

    private func wait(_ buckets: inout RateBuckets, _ route: RateRoute, at now: Duration) -> Duration? {
        if case .wait(let pause) = buckets.reserve(turn(route), at: now) { pause } else { nil }
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

    @Test func aSlotIsHeldOneSecondAfterItsRequestArrived() throws {
        var buckets = RateBuckets()
        for channel in 0..<50 {
            let route = RateRoute(template: "GET /a", majorParameter: String(channel))
            let taken = try #require(lease(&buckets, route, at: .milliseconds(channel)))
            // The way takes 20 ms, of the first request 70 ms; Discord's clock is an hour ahead.
            var report = RateReport(status: 200)
            report.judgedAt = .seconds(3600) + .milliseconds(channel + (channel == 0 ? 70 : 20))
            buckets.report(route, lease: taken, report, at: .milliseconds(channel))
        }
        let next = RateRoute(template: "GET /b", majorParameter: "")
        #expect(wait(&buckets, next, at: .milliseconds(60)) == .milliseconds(949))
        let exempt = RateRoute(template: "POST /interactions", majorParameter: "", countsGlobally: false)
        #expect(lease(&buckets, exempt, at: .milliseconds(60)) != nil)
        #expect(lease(&buckets, next, at: .milliseconds(1008)) == nil)
        #expect(lease(&buckets, next, at: .milliseconds(1009)) != nil)
    }

    @Test func aRequestWithoutAnswerHoldsItsSlotOneSecondMore() {
        var buckets = RateBuckets(limits: .init(globalCount: 1))
        #expect(lease(&buckets, route, at: .zero) != nil)
        #expect(wait(&buckets, other, at: .zero) == .milliseconds(1008), "it may be answered by then")
        #expect(wait(&buckets, other, at: .milliseconds(2007)) == .milliseconds(2))
        #expect(lease(&buckets, other, at: .milliseconds(2008)) != nil)
    }

    @Test func aHigherLaneIsServedFirst() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        buckets.report(route, lease: first, report(remaining: 0, resetAfter: .seconds(5)), at: .zero)
        for (ticket, lane) in [(1 as UInt64, RateLane.backfill), (2, .read), (3, .post), (4, .moderation)] {
            #expect(buckets.reserve(turn(route, lane, ticket), at: .seconds(1)) == .wait(.seconds(4)))
        }
        // The lowest lanes ask first at the window's end, and the three places are not theirs.
        for (ticket, lane, expected) in [
            (1 as UInt64, RateLane.backfill, false), (2, .read, true), (4, .moderation, true), (3, .post, true),
        ] {
            let decision = buckets.reserve(turn(route, lane, waited: .seconds(4), ticket), at: .seconds(5))
            if case .proceed = decision { #expect(expected, "\(lane)") } else { #expect(!expected, "\(lane)") }
        }
    }

    @Test func theLowestLaneGetsItsTurn() {
        var line = WaitingLine()
        let old = turn(route, .backfill, 1)
        line.stand(old, for: .seconds(60), at: .zero)
        for ticket in 0..<UInt64(RateLane.patience) {
            let high = turn(route, .moderation, ticket + 10)
            #expect(line.position(of: high, at: .seconds(1)).ahead == 0)
            line.serve(high, isOldest: false)
        }
        #expect(line.position(of: turn(route, .moderation, 99), at: .seconds(1)).ahead == 1)
        let place = line.position(of: old, at: .seconds(1))
        #expect(place.ahead == 0 && place.isOldest)
        line.serve(old, isOldest: true)
        #expect(line.position(of: turn(route, .moderation, 99), at: .seconds(1)).ahead == 0)
    }

    @Test func whoDoesNotAskAgainLosesItsPlace() {
        var line = WaitingLine()
        line.stand(turn(route, .moderation, 1), for: .seconds(1), at: .zero)
        #expect(line.position(of: turn(route, .read, 2), at: .seconds(1)).ahead == 1)
        #expect(line.position(of: turn(route, .read, 2), at: .milliseconds(1101)).ahead == 0)
    }

    @Test func aShareIsKeptOfEveryLimit() throws {
        var buckets = RateBuckets(limits: .init(globalCount: 12, share: 0.25))
        let first = try #require(lease(&buckets, route, at: .zero))
        var answer = report(remaining: 7, resetAfter: .seconds(5))
        answer.limit = 8
        buckets.report(route, lease: first, answer, at: .zero)
        let second = try #require(lease(&buckets, route, at: .zero))
        #expect(wait(&buckets, route, at: .zero) == .seconds(5))
        buckets.renew(second, at: .seconds(3) - .milliseconds(1))
        #expect(lease(&buckets, route, at: .seconds(5)) != nil)
        #expect(wait(&buckets, route, at: .seconds(5)) != nil, "a quarter of eight, with the one in flight")
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

    @Test func aStrangersRefusalDoesNotReplaceWhatIsKnown() throws {
        var buckets = RateBuckets()
        let first = try #require(lease(&buckets, route, at: .zero))
        buckets.report(route, lease: first, report(remaining: 1, resetAfter: .seconds(5)), at: .zero)
        let second = try #require(lease(&buckets, route, at: .zero))
        let stranger = RateReport(
            status: 429, bucket: "injected", limit: 50, remaining: 0, resetAfter: .milliseconds(10),
            retryAfter: .milliseconds(10), scope: .user)
        buckets.report(route, lease: second, stranger, at: .zero)
        #expect(wait(&buckets, route, at: .seconds(1)) == .seconds(4), "the known window goes on")
    }

    @Test func aLeaseThatNobodyReportsEnds() throws {
        var buckets = RateBuckets()
        _ = lease(&buckets, route, at: .zero)
        #expect(wait(&buckets, route, at: .seconds(2)) != nil)
        buckets.renew(1, at: .seconds(2))
        #expect(wait(&buckets, route, at: .seconds(4)) != nil)
        #expect(lease(&buckets, route, at: .seconds(5)) != nil)
    }

    @Test func theInvalidBudgetSlides() {
        var budget = InvalidRequestBudget(limit: 3)
        for second in [0, 300, 301] { budget.record(at: .seconds(second)) }
        #expect(budget.pause(at: .seconds(400)) == .seconds(210))
        #expect(budget.pause(at: .seconds(610)) == nil)
    }
}
