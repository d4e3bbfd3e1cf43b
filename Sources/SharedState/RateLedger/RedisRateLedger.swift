public import Contracts
public import Logging

/// The rate ledger that all processes of one bot share: each reservation and each report is one script call in Redis.
///
/// While Redis is away the process goes on with a ledger of its own, which must keep to a share of the limits.
public struct RedisRateLedger: RateLedger {
    /// Set in the leases of the fallback, so that a report finds the ledger that gave the lease.
    private static let fallbackMark: UInt64 = 1 << 63

    /// The fallback counts its own leases from 1.
    private static let noLease: UInt64 = 0

    private let redis: RedisClient
    private let prefix: String
    private let fallback: any RateLedger
    private let logger: Logger
    /// Microseconds; replaces Redis' clock in tests.
    private let clock: (@Sendable () -> Int)?

    /// - Parameters:
    ///   - bot: names the bot token without being it, for instance the application's id: limits count per token.
    ///   - fallback: the ledger for the time without Redis, already set to this process's share.
    public init(redis: RedisClient, bot: String, fallback: any RateLedger, logger: Logger) {
        self.init(redis: redis, bot: bot, fallback: fallback, logger: logger, clock: nil)
    }

    init(
        redis: RedisClient,
        bot: String,
        fallback: any RateLedger,
        logger: Logger,
        clock: (@Sendable () -> Int)?
    ) {
        self.redis = redis
        self.prefix = "dmcp:{bot:\(bot)}:"
        self.fallback = fallback
        self.logger = logger
        self.clock = clock
    }

    public func reserve(_ turn: RateTurn) async -> RateDecision {
        let arguments = [
            turn.route.template, turn.route.majorParameter, turn.route.countsGlobally ? "1" : "0",
            String(turn.lane.rawValue), String(turn.ticket, radix: 36), String(turn.waited.microseconds),
            String(turn.patience.microseconds), String(RateLease.lifetime.microseconds), now,
        ]
        do {
            let answer = try await redis.evaluate(LedgerScripts.reserve, keys: [prefix], arguments: arguments)
            guard let numbers = answer.array?.compactMap(\.integer), numbers.count == 2 else {
                throw RedisError.protocolViolation(reason: "the ledger script's answer")
            }
            return switch numbers[0] {
            case 1: .proceed(lease: UInt64(numbers[1]))
            case 2: .refuse(.microseconds(numbers[1]))
            default: .wait(.microseconds(numbers[1]))
            }
        } catch {
            logger.debug("Rate ledger goes on without Redis", metadata: [LogKey.reason: "\(error)"])
            let decision = await fallback.reserve(turn)
            guard case .proceed(let lease) = decision else { return decision }
            return .proceed(lease: lease | Self.fallbackMark)
        }
    }

    public func renew(_ route: RateRoute, lease: UInt64) async {
        if lease & Self.fallbackMark != 0 {
            return await fallback.renew(route, lease: lease & ~Self.fallbackMark)
        }
        let arguments = [
            route.template, route.majorParameter, String(lease), String(RateLease.lifetime.microseconds), now,
        ]
        do {
            _ = try await redis.evaluate(LedgerScripts.renew, keys: [prefix], arguments: arguments)
        } catch {
            logger.debug("Rate lease not renewed; it runs out by itself", metadata: [LogKey.reason: "\(error)"])
        }
    }

    public func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?) async {
        if lease & Self.fallbackMark != 0 {
            return await fallback.report(route, lease: lease & ~Self.fallbackMark, report)
        }
        // Without an answer nobody knows whether Discord counted the request: the lease stays until it runs out.
        guard let report else { return }
        // What buckets there are and what is left of them: Redis may be gone by the next call.
        await fallback.report(route, lease: Self.noLease, report)
        let wait = report.status == 429 ? report.retryAfter ?? report.resetAfter ?? .seconds(1) : nil
        let arguments = [
            route.template, route.majorParameter, String(lease), report.bucket ?? "", text(report.limit),
            text(report.remaining), text(report.resetAfter?.roundedUp), text(wait?.roundedUp),
            report.scope?.rawValue ?? "", text(report.judgedAt?.microseconds),
            InvalidRequestLimit.counts(report) ? "1" : "0", now,
        ]
        do {
            _ = try await redis.evaluate(LedgerScripts.report, keys: [prefix], arguments: arguments)
        } catch {
            logger.debug("Rate report lost; its lease runs out by itself", metadata: [LogKey.reason: "\(error)"])
        }
    }

    private var now: String { text(clock.map { $0() }) }

    private func text(_ number: Int?) -> String {
        number.map { String($0) } ?? ""
    }
}

extension Duration {
    var microseconds: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }

    /// Microseconds and one millisecond more: Discord cuts its times to milliseconds.
    fileprivate var roundedUp: Int { microseconds + 1000 }
}
