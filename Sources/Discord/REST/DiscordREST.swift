import AsyncHTTPClient
public import Contracts
public import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Discord's REST API for one bot token.
///
/// Each call asks the rate ledger before it sends, waits as told within the caller's deadline, and is repeated after
/// an unknown outcome only where that cannot do a thing twice. Call `shutdown()` before the last reference goes.
public final class DiscordREST: Sendable {
    public struct Configuration: Sendable {
        /// With the version, without a slash at the end.
        public var baseURL = "https://discord.com/api/v10"
        /// `DiscordBot (URL, version)`; Discord may block anything else.
        /// Source: <https://discord.com/developers/docs/reference#user-agent>
        public var userAgent: String
        /// For one attempt, from connecting to the last byte.
        public var attemptTimeout: Duration = .seconds(15)
        /// For calls without a deadline of their own.
        public var defaultTimeout: Duration = .seconds(30)
        /// Attempts after errors; waits for rate limits do not count.
        public var maximumAttempts = 4
        /// Whether the permission that is missing is looked up after a 50013: up to five reads.
        public var explainsRefusals = true

        public init(projectURL: String, version: String) {
            userAgent = "DiscordBot (\(projectURL), \(version))"
        }
    }

    private struct Gate {
        var budget: InvalidRequestBudget
        var tokenRejected = false
        /// Webhooks that Discord does not know: asking for one again is itself restricted. The newest are kept.
        var deadWebhooks: [Snowflake] = []
    }

    private static let rememberedWebhooks = 1000

    private let configuration: Configuration
    private let ledger: any RateLedger
    private let client: HTTPClient
    private let exchange: HTTPExchange
    private let gate: NIOLockedValueBox<Gate>
    let clock: RESTClock
    private let start: ContinuousClock.Instant
    private let logger: Logger
    /// Of every call; nil: each route's own.
    private let lane: RateLane?
    /// Whether a refusal for want of permissions is looked into.
    private let explains: Bool

    public convenience init(
        token: BotToken,
        ledger: any RateLedger,
        configuration: Configuration,
        logger: Logger
    ) {
        self.init(
            token: token, ledger: ledger, configuration: configuration, logger: logger, clock: .system,
            budget: InvalidRequestBudget())
    }

    init(
        token: BotToken,
        ledger: any RateLedger,
        configuration: Configuration,
        logger: Logger,
        clock: RESTClock,
        budget: InvalidRequestBudget
    ) {
        var http = HTTPClient.Configuration()
        // A redirect would carry the token to another host.
        http.redirectConfiguration = .disallow
        http.timeout.connect = .seconds(5)
        // A refused connection is our retry's business, and is known not to have sent anything.
        http.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: http)
        exchange = HTTPExchange(
            client: client, baseURL: configuration.baseURL, token: token, userAgent: configuration.userAgent)
        self.configuration = configuration
        self.ledger = ledger
        self.clock = clock
        self.logger = logger
        lane = nil
        explains = configuration.explainsRefusals
        start = clock.now()
        gate = NIOLockedValueBox(Gate(budget: budget))
    }

    private init(_ other: DiscordREST, lane: RateLane, explains: Bool) {
        configuration = other.configuration
        ledger = other.ledger
        client = other.client
        exchange = other.exchange
        gate = other.gate
        clock = other.clock
        start = other.start
        logger = other.logger
        self.lane = lane
        self.explains = explains
    }

    /// The same client, whose calls wait in this lane instead of their route's own. Shutting one down ends both.
    public func inLane(_ lane: RateLane) -> DiscordREST {
        DiscordREST(self, lane: lane, explains: explains)
    }

    /// For the reads of an explanation, which must not ask for one.
    var unexplained: DiscordREST { DiscordREST(self, lane: .read, explains: false) }

    var userAgent: String { configuration.userAgent }

    /// Ends calls in flight and closes the connections.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    /// Discord refused the token: every further call fails with `.tokenRejected`.
    public var isTokenRejected: Bool {
        gate.withLockedValue(\.tokenRejected)
    }

    func send(
        _ request: RESTRequest,
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) -> RESTAnswer {
        let deadline = deadline ?? clock.now() + configuration.defaultTimeout
        do {
            return try await attempt(request, deadline: deadline)
        } catch  where explains && error.isMissingPermission {
            throw await explained(error, of: request, deadline: min(deadline, clock.now() + .seconds(3)))
        }
    }

    private func attempt(
        _ request: RESTRequest,
        deadline: ContinuousClock.Instant
    ) async throws(DiscordError) -> RESTAnswer {
        var call = RESTCall(request: request, deadline: deadline, maximumAttempts: configuration.maximumAttempts)
        while true {
            try checkGate(call)
            let lease = try await reserve(call)
            let timeout = min(configuration.attemptTimeout, call.deadline - clock.now())
            let route = request.endpoint.rateRoute
            let outcome = await exchange.send(request, within: timeout) { [ledger] in
                await ledger.renew(route, lease: lease)
            }
            var report: RateReport?
            if case .answer(let answer) = outcome {
                let error = answer.errorBody
                report = answer.rateReport(error)
                note(answer.status, error?.code, of: request)
            }
            await ledger.report(route, lease: lease, report)
            if let report { count(report) }
            switch call.judge(outcome, at: clock.now(), jitter: .random(in: 0...1)) {
            case .done(let answer): return answer
            case .fail(let error):
                logger.debug(
                    "Discord call failed",
                    metadata: [
                        LogKey.route: "\(error.route)", LogKey.error: "\(error.kind.rawValue)",
                        LogKey.status: "\(error.status.map { String($0) } ?? "none")",
                    ])
                throw error
            case .retry(let pause): try await sleep(pause, call)
            }
        }
    }

    /// What must never be asked again.
    private func note(_ status: Int, _ code: Int?, of request: RESTRequest) {
        switch (status, code) {
        case (401, _) where request.endpoint.route.isAuthorized && (code ?? 0) == 0:
            gate.withLockedValue { $0.tokenRejected = true }
        case (404, 10015):
            guard let webhook = request.endpoint.id("webhook_id") else { return }
            gate.withLockedValue { gate in
                gate.deadWebhooks = gate.deadWebhooks.suffix(Self.rememberedWebhooks - 1) + [webhook]
            }
        default: break
        }
    }

    private func checkGate(_ call: RESTCall) throws(DiscordError) {
        let time = clock.now() - start
        let webhook = call.request.endpoint.id("webhook_id")
        let (rejected, pause, isDead) = gate.withLockedValue { gate in
            (gate.tokenRejected, gate.budget.pause(at: time), webhook.map { gate.deadWebhooks.contains($0) } ?? false)
        }
        if isDead {
            var error = call.error(.refused, "Unknown Webhook", status: 404)
            error.code = 10015
            throw error
        }
        if rejected, call.request.endpoint.route.isAuthorized {
            throw call.error(.tokenRejected, "Discord does not accept the bot token", status: 401)
        }
        if let pause { throw call.error(.tooManyRefused, "too many refused requests", retryAfter: pause) }
    }

    private func reserve(_ call: RESTCall) async throws(DiscordError) -> UInt64 {
        let asked = clock.now()
        let route = call.request.endpoint
        var turn = RateTurn(
            route.rateRoute, lane: lane ?? route.route.lane, ticket: .random(in: 0 ... .max))
        while true {
            let now = clock.now()
            guard now < call.deadline else {
                throw call.error(.expired, "the deadline passed before the request was sent")
            }
            turn.waited = now - asked
            turn.patience = call.deadline - now
            switch await ledger.reserve(turn) {
            case .proceed(let lease): return lease
            case .refuse(let pause): throw call.error(.tooManyRefused, "too many refused requests", retryAfter: pause)
            case .wait(let pause):
                guard clock.now() + pause < call.deadline else {
                    throw call.error(.rateLimited, "the rate limit lasts beyond the deadline", retryAfter: pause)
                }
                try await sleep(pause, call)
            }
        }
    }

    private func count(_ report: RateReport) {
        let time = clock.now() - start
        guard InvalidRequestLimit.counts(report) else { return }
        gate.withLockedValue { $0.budget.record(at: time) }
        if report.status != 403 {
            logger.warning(
                report.status == 401 ? "Discord answered 401" : "Discord answered 429",
                metadata: [LogKey.reason: "\(report.scope?.rawValue ?? "none")"])
        }
    }

    private func sleep(_ pause: Duration, _ call: RESTCall) async throws(DiscordError) {
        do {
            try await clock.sleep(max(pause, .milliseconds(1)))
        } catch {
            throw call.error(.cancelled, "the call was cancelled")
        }
    }
}
