import Contracts
import TestSupport
import Testing

@testable import SharedState

private struct DeadLedger: RateLedger {
    func reserve(_ turn: RateTurn) -> RateDecision { .refuse(.seconds(1)) }
    func renew(_ route: RateRoute, lease: UInt64) {}
    func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?) {}
}

@Suite(.timeLimit(.minutes(2))) struct RateLedgerPropertyTests {
    private func simulate(seed: UInt64, workers: Int, crashes: Bool, seconds: Int) async throws -> SharedTokenSimulation
    {
        try await withClient { redis, _ in
            let time = VirtualTime(1_800_000_000_000_000)
            let ledger = RedisRateLedger(
                redis: redis, bot: "7", fallback: DeadLedger(), logger: silent, clock: { time.now })
            var simulation = SharedTokenSimulation(
                ledger: ledger, time: time, workers: workers, crashes: crashes, random: SeededGenerator(seed: seed))
            await simulation.learn()
            await simulation.run(microseconds: seconds * 1_000_000)
            return simulation
        }
    }

    @Test(arguments: UInt64(1)...8)
    func neverOneTooMany(seed: UInt64) async throws {
        let result = try await simulate(seed: seed, workers: 16, crashes: false, seconds: 20)
        #expect(result.discord.breaches.isEmpty, "seed \(seed)")
        // Not by standing still: 20 s are four or five windows of the slowest bucket, of five each, on two channels.
        for channel in 0..<2 { #expect((result.discord.used["aaa:\(channel)"] ?? 0) >= 12, "seed \(seed)") }
    }

    @Test(arguments: UInt64(1)...4)
    func notEvenWhenProcessesDie(seed: UInt64) async throws {
        let result = try await simulate(seed: seed, workers: 48, crashes: true, seconds: 20)
        #expect(result.discord.breaches.isEmpty, "seed \(seed)")
        for channel in 0..<2 { #expect((result.discord.used["aaa:\(channel)"] ?? 0) >= 16, "seed \(seed)") }
        for lane in RateLane.allCases {
            #expect((result.served[lane] ?? 0) > 5, "seed \(seed): \(lane) starves")
        }
    }
}
