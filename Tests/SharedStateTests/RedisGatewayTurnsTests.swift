import Contracts
import TestSupport
import Testing

@testable import SharedState

@Suite(.timeLimit(.minutes(1)))
struct RedisGatewayTurnsTests {
    /// What must not be asked while Redis is there.
    private struct NoTurns: GatewayTurns {
        func take(_ turn: GatewayTurn) async -> GatewayTurnAnswer {
            Issue.record("asked without need")
            return .taken(after: .zero)
        }
        func succeeded(_ series: String) async {}
    }

    private func withTurns(_ body: (@escaping @Sendable (Int) -> RedisGatewayTurns) async throws -> Void) async throws {
        try await withClient { redis, _ in
            try await body { now in
                RedisGatewayTurns(
                    redis: redis, bot: "b", fallback: NoTurns(), logger: silent, clock: { now * 1_000_000 })
            }
        }
    }

    @Test func processesTakeTurnsAfterEachOther() async throws {
        try await withTurns { at in
            let turn = GatewayTurn(name: "a", spacing: .seconds(5))
            // Each is a process of its own, with nothing in common but Redis.
            #expect(await at(1000).take(turn) == .taken(after: .zero))
            #expect(await at(1001).take(turn) == .taken(after: .seconds(4)))
            #expect(await at(1001).take(turn) == .taken(after: .seconds(9)))
            #expect(await at(1001).take(GatewayTurn(name: "b", spacing: .seconds(5))) == .taken(after: .zero))
        }
    }

    @Test func attemptsThatComeToNothingAreSpreadAcrossRestarts() async throws {
        try await withTurns { at in
            let turn = GatewayTurn(name: "a", spacing: .zero, series: "shard:0/1")
            for _ in 0..<GatewaySeries.free { #expect(await at(1000).take(turn) == .taken(after: .zero)) }
            let pause = GatewaySeries.pause(after: GatewaySeries.free)
            #expect(await at(1000).take(turn) == .askAgain(after: pause))
            #expect(await at(1000).take(turn) == .askAgain(after: pause), "asking does not make it longer")
            let later = 1000 + Int(pause.components.seconds)
            #expect(await at(later).take(turn) == .taken(after: .zero))
            #expect(await at(later).take(turn) == .askAgain(after: GatewaySeries.pause(after: 4)))
            await at(later).succeeded("shard:0/1")
            #expect(await at(later).take(turn) == .taken(after: .zero))
        }
    }

    @Test func realTimeAndConcurrentCallers() async throws {
        try await withClient { redis, _ in
            let turn = GatewayTurn(name: "a", spacing: .seconds(5))
            let waits = await withTaskGroup(of: Duration.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let turns = RedisGatewayTurns(redis: redis, bot: "b", fallback: NoTurns(), logger: silent)
                        guard case .taken(let wait) = await turns.take(turn) else { return .seconds(-1) }
                        return wait
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }.sorted()
            }
            for (earlier, later) in zip(waits, waits.dropFirst()) { #expect(later - earlier > .seconds(4)) }
        }
    }
}
