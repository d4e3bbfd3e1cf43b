import Contracts
import TestSupport
import Testing

@testable import Discord

@Suite struct RateBucketsPropertyTests {
    private enum Event {
        case ask(RateTurn, since: Duration)
        case arrive(RateRoute, lease: UInt64)
        case answer(RateRoute, lease: UInt64, RateReport?)
    }

    private static let kinds = [
        "GET /a": ModelLimits.Kind(bucket: "x", limit: 5, window: .seconds(2)),
        // Shares its bucket with the one above.
        "GET /b": ModelLimits.Kind(bucket: "x", limit: 5, window: .seconds(2)),
        "POST /c": ModelLimits.Kind(bucket: "y", limit: 1, window: .milliseconds(700)),
        "PUT /d": ModelLimits.Kind(bucket: "z", limit: 40, window: .seconds(1)),
    ]

    /// Many callers, random delays both ways, lost answers: once a bucket is known, Discord never has to say no.
    @Test(arguments: 0..<12)
    func neverOvershoots(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var model = ModelLimits(kinds: Self.kinds)
        var buckets = RateBuckets()
        let routes = Self.kinds.keys.sorted().flatMap { template in
            ["1", "2"].map { RateRoute(template: template, majorParameter: $0) }
        }
        var now = learn(routes, in: &buckets, from: &model)
        let learnt = model.served

        var proceeded: [RateLane: Int] = [:]
        var agenda: [(at: Duration, event: Event)] = []
        // Many callers keep every bucket empty. A few on one bucket, with slow answers, leave something over and have
        // requests in flight when a window ends.
        let isBusy = seed.isMultiple(of: 2)
        let slowest = isBusy ? 80 : 600
        let used =
            isBusy ? routes : routes.filter { Self.kinds[$0.template]?.bucket == "x" && $0.majorParameter == "1" }
        for _ in 0..<(isBusy ? 60 : 14) {
            let route = used.randomElement(using: &random) ?? routes[0]
            let at = now + .milliseconds(Int.random(in: 0...500, using: &random))
            agenda.append((at, .ask(Self.turn(route, &random), since: at)))
        }
        let end = now + .seconds(isBusy ? 30 : 600)
        while let index = agenda.indices.min(by: { agenda[$0].at < agenda[$1].at }), agenda[index].at < end {
            let (at, event) = agenda.remove(at: index)
            now = at
            let delay = Duration.milliseconds(Int.random(in: 1...slowest, using: &random))
            switch event {
            case .ask(var turn, let since):
                turn.waited = now - since
                switch buckets.reserve(turn, at: now) {
                case .wait(let pause), .refuse(let pause):
                    let late = Duration.milliseconds(Int.random(in: 0...5, using: &random))
                    agenda.append((now + max(pause, .milliseconds(1)) + late, .ask(turn, since: since)))
                case .proceed(let lease):
                    proceeded[turn.lane, default: 0] += 1
                    agenda.append((now + delay, .arrive(turn.route, lease: lease)))
                }
            case .arrive(let route, let lease):
                let report = model.answer(route, at: now)
                let isLost = Int.random(in: 0..<50, using: &random) == 0
                agenda.append(
                    (now + (isLost ? .seconds(1) : delay), .answer(route, lease: lease, isLost ? nil : report)))
            case .answer(let route, let lease, let report):
                buckets.report(route, lease: lease, report, at: now)
                let next = used.randomElement(using: &random) ?? route
                let at = now + .milliseconds(Int.random(in: 0...(isBusy ? 30 : 6000), using: &random))
                agenda.append((at, .ask(Self.turn(next, &random), since: at)))
            }
        }
        #expect(model.overshoots == 0, "seed \(seed)")
        // Alone, the two channels of "x" and "y" allow 30 × (2 × 5 / 2 + 2 / 0.7) ≈ 235.
        #expect(!isBusy || model.served - learnt > 150, "seed \(seed): limits are kept, but hardly used")
        for lane in RateLane.allCases { #expect((proceeded[lane] ?? 0) > 2, "seed \(seed): \(lane) starves") }
    }

    private static func turn(_ route: RateRoute, _ random: inout SeededGenerator) -> RateTurn {
        RateTurn(
            route, lane: RateLane.allCases.randomElement(using: &random) ?? .read, ticket: random.next(),
            patience: .seconds(60))
    }

    private func learn(
        _ routes: [RateRoute],
        in buckets: inout RateBuckets,
        from model: inout ModelLimits
    ) -> Duration {
        var now = Duration.seconds(1)
        for route in routes {
            if case .proceed(let lease) = buckets.reserve(RateTurn(route, lane: .read, ticket: 1), at: now) {
                buckets.report(route, lease: lease, model.answer(route, at: now), at: now)
            }
            now += .seconds(3)
        }
        return now + .seconds(5)
    }
}
