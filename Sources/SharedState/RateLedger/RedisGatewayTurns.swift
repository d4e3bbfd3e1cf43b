public import Contracts
public import Logging

/// The turns that all processes of one bot share, on all hosts: each is taken by one script call in Redis.
///
/// While Redis is away the process keeps to turns of its own; others then know nothing of them.
public struct RedisGatewayTurns: GatewayTurns {
    private let redis: RedisClient
    private let prefix: String
    private let fallback: any GatewayTurns
    private let logger: Logger
    /// Microseconds; replaces Redis' clock in tests.
    private let clock: (@Sendable () -> Int)?

    /// - Parameter bot: names the bot token without being it: limits count per token.
    public init(redis: RedisClient, bot: String, fallback: any GatewayTurns, logger: Logger) {
        self.init(redis: redis, bot: bot, fallback: fallback, logger: logger, clock: nil)
    }

    init(
        redis: RedisClient,
        bot: String,
        fallback: any GatewayTurns,
        logger: Logger,
        clock: (@Sendable () -> Int)?
    ) {
        self.redis = redis
        prefix = "dmcp:{bot:\(bot)}:turn:"
        self.fallback = fallback
        self.logger = logger
        self.clock = clock
    }

    public func take(_ turn: GatewayTurn) async -> GatewayTurnAnswer {
        let pauses = (0...Self.knownAttempts).map { String(GatewaySeries.pause(after: $0).microseconds) }
        let arguments =
            [
                turn.name, String(turn.spacing.microseconds), turn.series ?? "",
                String(GatewaySeries.memory.microseconds), clock.map { String($0()) } ?? "",
            ] + pauses
        do {
            let answer = try await redis.evaluate(Self.takeScript, keys: [prefix], arguments: arguments)
            guard let numbers = answer.array?.compactMap(\.integer), numbers.count == 2 else {
                throw RedisError.protocolViolation(reason: "the turn script's answer")
            }
            let wait = Duration.microseconds(numbers[1])
            return numbers[0] == 1 ? .taken(after: wait) : .askAgain(after: wait)
        } catch {
            logger.debug("Gateway turns go on without Redis", metadata: [LogKey.reason: "\(error)"])
            return await fallback.take(turn)
        }
    }

    public func succeeded(_ series: String) async {
        await fallback.succeeded(series)
        do {
            _ = try await redis.send(RedisCommand(["DEL", prefix + series]))
        } catch {
            // It is forgotten by itself.
            logger.debug("A series of attempts stays open", metadata: [LogKey.reason: "\(error)"])
        }
    }

    /// After so many attempts the pause no longer grows.
    private static let knownAttempts = 12

    /// ARGV: name, spacing, series or nothing, memory of a series, now, then the pause after 0, 1, … attempts.
    /// Microseconds, of Redis' clock unless one is given. Gives {1, wait} when the turn
    /// was taken, {0, wait} when it is to be asked for again.
    private static let takeScript = RedisScript(
        """
        local prefix = KEYS[1]
        local now = tonumber(ARGV[5])
        if not now then
          local clock = redis.call('TIME')
          now = clock[1] * 1000000 + clock[2]
        end
        local function text(number) return string.format('%.0f', number) end
        local function milliseconds(number) return text(math.ceil(number / 1000) + 1) end
        local key = prefix .. ARGV[1]
        local time = math.max(now, tonumber(redis.call('GET', key) or 0))
        if ARGV[3] ~= '' then
          local series = prefix .. ARGV[3]
          local past = redis.call('HMGET', series, 'attempts', 'last')
          local attempts = tonumber(past[1] or 0)
          local pause = tonumber(ARGV[6 + math.min(attempts, #ARGV - 6)])
          local free = tonumber(past[2] or 0) + pause
          if free > now then return {0, free - now} end
          redis.call('HSET', series, 'attempts', text(attempts + 1), 'last', text(time))
          redis.call('PEXPIRE', series, milliseconds(time - now + tonumber(ARGV[4])))
        end
        local spacing = tonumber(ARGV[2])
        redis.call('SET', key, text(time + spacing), 'PX', milliseconds(time - now + spacing))
        return {1, time - now}
        """)
}
