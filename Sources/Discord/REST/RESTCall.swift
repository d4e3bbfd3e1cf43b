import Contracts

/// One call over its attempts: decides what an attempt's outcome means. Pure.
struct RESTCall: Sendable {
    enum Verdict: Sendable {
        case done(RESTAnswer)
        case retry(after: Duration)
        case fail(DiscordError)
    }

    let request: RESTRequest
    let deadline: ContinuousClock.Instant
    let maximumAttempts: Int
    private var failures = 0
    private var rateLimits = 0
    /// An attempt was sent whose answer is not known.
    private var isUncertain = false

    init(request: RESTRequest, deadline: ContinuousClock.Instant, maximumAttempts: Int) {
        self.request = request
        self.deadline = deadline
        self.maximumAttempts = maximumAttempts
    }

    private var method: Route.Method { request.endpoint.route.method }

    /// `jitter` in 0...1 spreads the retries of many callers.
    mutating func judge(
        _ outcome: HTTPExchange.Outcome,
        at now: ContinuousClock.Instant,
        jitter: Double
    ) -> Verdict {
        switch outcome {
        case .answer(let answer) where answer.isSuccess: return .done(answer)
        case .answer(let answer): return judge(answer, at: now, jitter: jitter)
        case .notSent(let why): return retry(error(.unavailable, why), isAllowed: true, at: now, jitter: jitter)
        case .unanswered(let why):
            if method != .get { isUncertain = true }
            return retry(error(.unavailable, why), isAllowed: request.isRepeatable, at: now, jitter: jitter)
        case .cancelled:
            if method != .get { isUncertain = true }
            return .fail(error(.cancelled, "the call was cancelled"))
        }
    }

    private mutating func judge(
        _ answer: RESTAnswer,
        at now: ContinuousClock.Instant,
        jitter: Double
    ) -> Verdict {
        let body = answer.errorBody
        switch answer.status {
        case 429:
            rateLimits += 1
            // A lying "0 seconds" must not become a busy loop.
            let pause = max(answer.retryAfter(body) ?? .seconds(1), .milliseconds(50) * min(rateLimits, 100))
            guard now + pause < deadline else {
                return .fail(error(.rateLimited, answer, body, retryAfter: pause))
            }
            return .retry(after: pause)
        case 401 where request.endpoint.route.isAuthorized && (body?.code ?? 0) == 0:
            return .fail(error(.tokenRejected, answer, body))
        case 404 where isUncertain && method == .delete:
            // The attempt without an answer had already deleted it.
            return .done(RESTAnswer(status: 204, headers: answer.headers, body: []))
        case 500...:
            if method != .get { isUncertain = true }
            return retry(
                error(.unavailable, answer, body), isAllowed: request.isRepeatable, at: now, jitter: jitter)
        default: return .fail(error(.refused, answer, body))
        }
    }

    private mutating func retry(
        _ error: DiscordError,
        isAllowed: Bool,
        at now: ContinuousClock.Instant,
        jitter: Double
    ) -> Verdict {
        failures += 1
        let pause = Duration.milliseconds(250) * (1 << min(failures - 1, 4)) * (0.5 + jitter / 2)
        guard isAllowed, failures < maximumAttempts, now + pause < deadline else { return .fail(error) }
        return .retry(after: pause)
    }

    func error(
        _ kind: DiscordError.Kind,
        _ message: String,
        status: Int? = nil,
        retryAfter: Duration? = nil
    ) -> DiscordError {
        DiscordError(
            kind: kind, route: request.endpoint.route.name, message: message, status: status, retryAfter: retryAfter,
            mayHaveHappened: isUncertain)
    }

    private func error(
        _ kind: DiscordError.Kind,
        _ answer: RESTAnswer,
        _ body: DiscordErrorBody?,
        retryAfter: Duration? = nil
    ) -> DiscordError {
        var error = error(kind, body?.message ?? "no explanation", status: answer.status, retryAfter: retryAfter)
        error.code = body?.code.flatMap { $0 == 0 ? nil : $0 }
        error.formErrors = body?.formErrors ?? []
        return error
    }
}
