import Archive
import Contracts
import Discord
import Ingestion
import Logging
import ProcessKit
import ServiceLifecycle

/// Keeps the shards' connections to Discord until the stop; they are closed so that the sessions can be resumed.
///
/// When the number of shards changes, the new ones are brought up beside the old ones, which end when the new ones have
/// all guilds: nothing is missed, and what both bring is applied once or to no other effect.
struct IngestionService: Service {
    /// While Discord is away the archive still answers: after this time the process says that it is ready all the same.
    static let patience: Duration = .seconds(8)
    /// How often `auto` looks whether Discord recommends another number of shards.
    static let recheck: Duration = .seconds(3600)

    private enum Event: Sendable {
        /// So many shards are wanted; only for `auto` more than once.
        case planned(Int)
        /// Every shard of the group has its guilds.
        case arrived(ShardGroup)
        case ended(ShardGroup)
        case patienceEnded
    }

    let host: ShardHost
    let plan: ShardPlan
    let archive: Archive
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                do {
                    try await serve()
                } catch  where Task.isCancelled {
                    // Whatever was interrupted says so in its own words; what it did not store, a resume brings again.
                }
            }
        } catch let failure as GatewayFailure {
            throw ConfigurationFault(failure.description)
        } catch is CancellationError {
            // The stop.
        }
    }

    private func serve() async throws {
        var current: ShardGroup?
        var former: ShardGroup?
        try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { .planned(try await recommended()) }
            group.addTask {
                try await Task.sleep(for: Self.patience)
                return .patienceEnded
            }
            defer { group.cancelAll() }
            while let event = try await group.next() {
                switch event {
                case .planned(let count):
                    guard current?.shardCount != count || plan != .auto else {
                        group.addTask { try await recheck() }
                        break
                    }
                    let next = try await host.group(plan.positions(recommended: count))
                    if let current {
                        logger.notice(
                            "Discord wants another number of shards: they are started beside the old ones.",
                            metadata: [LogKey.count: "\(count)"])
                        former?.stop()
                        former = current
                    } else if let stored = try await storedDivision(otherThan: next) {
                        former = stored
                        group.addTask { try await run(stored) }
                    }
                    former?.handOver(to: next)
                    current = next
                    host.table.show(former ?? next)
                    group.addTask { try await run(next) }
                    group.addTask {
                        await next.waitForSessions()
                        try Task.checkCancellation()
                        return .arrived(next)
                    }
                case .arrived(let arrived):
                    guard arrived === current else { break }
                    host.table.show(arrived)
                    former?.stop()
                    former = nil
                    try await archive.keepSessions(of: arrived.shards.map(\.position.storageKey))
                    try await becomeReady()
                    if plan == .auto { group.addTask { try await recheck() } }
                case .ended(let ended): if ended === current { return }
                case .patienceEnded: becomeReadyAnyway()
                }
            }
        }
    }

    /// Of a set that is spread over processes nobody here knows when all of the new one are there.
    private func storedDivision(otherThan next: ShardGroup) async throws -> ShardGroup? {
        if case .range = plan { return nil }
        return try await host.former(than: next.shards.map(\.position))
    }

    private func run(_ group: ShardGroup) async throws -> Event {
        do {
            try await group.run()
        } catch GatewayFailure.sessionLost {
            // A former shard: its successor brings what it would have brought.
        } catch GatewayFailure.shardingRequired where plan == .auto {
            let count = try await recommended()
            guard count != group.shardCount else { throw GatewayFailure.shardingRequired }
            return .planned(count)
        }
        return .ended(group)
    }

    /// Asks until Discord answers; a division that is stored already serves without.
    private func recommended() async throws -> Int {
        guard plan == .auto else { return 1 }
        while true {
            do {
                return try await host.fleet.recommendedShards()
            } catch let error as DiscordError where error.kind == .tokenRejected {
                throw GatewayFailure.tokenRejected
            } catch {
                if let stored = try await host.storedCount() { return stored }
                try await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func recheck() async throws -> Event {
        try await Task.sleep(for: Self.recheck)
        return .planned(try await recommended())
    }

    private func becomeReady() async throws {
        guard readiness.phase == .starting else { return }
        readiness.report("connected to \(try await archive.counts().guilds) guilds")
        readiness.ready()
    }

    private func becomeReadyAnyway() {
        guard readiness.phase == .starting else { return }
        logger.warning("Discord has not answered yet; reads come from the archive until it does.")
        readiness.report("connecting; reads come from the archive")
        readiness.ready()
    }
}
