import Contracts
import NIOHTTP1

/// The way of a request: route, token, planned fault, rate limit, body, handler, headers.
extension Sandbox {
    func answer(_ request: HTTPRequest) async -> HTTPAnswer {
        if let control = request.segments(after: "/sandbox") { return answerControl(request, control) }
        let now = advance()
        if let path = request.segments(after: "/attachments") { return file(path, request) }
        if request.path == "/oauth2/authorize" || request.path == "/api/oauth2/authorize" { return authorize(request) }
        guard request.path.hasPrefix("/api") else { return .failure(.notFound) }
        if options.enforcesRateLimits, let left = limiter.banLeft(for: request.client, now: now) {
            return Self.cloudflareBan(left)
        }
        guard let segments = Self.segments(request) else {
            return .failure(APIError(status: 400, code: 50041, message: "Invalid API version provided"))
        }
        var answer = await answer(request, segments, now: now)
        answer.headers.replaceOrAdd(name: "Date", value: (now + faults.clockSkew).httpDate)
        statistics.answers[answer.status, default: 0] += 1
        let isInvalid =
            [401, 403, 429].contains(answer.status) && answer.headers.first(name: "X-RateLimit-Scope") != "shared"
        if isInvalid { limiter.countInvalid(from: request.client, now: now) }
        return answer
    }

    /// OAuth2 and webhooks are also reached without a version.
    private static func segments(_ request: HTTPRequest) -> [String]? {
        if let found = request.segments(after: "/api/v10") ?? request.segments(after: "/api/v9") { return found }
        guard let bare = request.segments(after: "/api"), ["oauth2", "webhooks"].contains(bare.first) else {
            return nil
        }
        return bare
    }

    /// Source: <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
    private static func cloudflareBan(_ left: Double) -> HTTPAnswer {
        var answer = HTTPAnswer(status: 429)
        answer.headers.add(name: "Content-Type", value: "text/plain; charset=UTF-8")
        answer.headers.add(name: "Retry-After", value: String(Int(left.rounded(.up))))
        answer.body = Array("error code: 1015".utf8)
        return answer
    }

    private func answer(_ request: HTTPRequest, _ segments: [String], now: Timestamp) async -> HTTPAnswer {
        guard request.headers.contains(name: "User-Agent") else {
            return .failure(APIError(status: 403, code: 40333, message: "internal network error"))
        }
        let route: Route
        let parameters: [String: String]
        switch router.match(request.method, segments) {
        case .notFound: return .failure(.notFound)
        case .wrongMethod: return .failure(.methodNotAllowed)
        case .found(let found, let values): (route, parameters) = (found, values)
        }
        statistics.requests["\(route.method) \(route.template)", default: 0] += 1
        let token = Self.token(request)
        let account = token.flatMap { world.accounts[$0] }
        guard Self.mayUse(route, account, token, now, world) else { return .failure(.unauthorized) }

        let fault = faults.fault(method: route.method, template: route.template)
        switch fault {
        case .rateLimit(let scope, let seconds):
            return limited(route.limit, scope: scope, retryAfter: seconds, now: now)
        case .status(let status, let body):
            return .json(status, body ?? ["message": .string("\(status): Sandbox fault"), "code": 0])
        case .html(let status): return Self.cloudflarePage(status)
        case .cut: return .lost
        case .delay(let seconds): try? await Task.sleep(for: .seconds(seconds))
        default: break
        }
        var answer = admitAndPerform(request, route, parameters, token: token, account: account)
        switch fault {
        case .delayAfter(let seconds): try? await Task.sleep(for: .seconds(seconds))
        case .cutAfter: answer.isLost = true
        case .truncate: answer.isTruncated = answer.body.count > 1
        case .wrongType: answer.headers.replaceOrAdd(name: "Content-Type", value: "text/html; charset=UTF-8")
        default: break
        }
        return answer
    }

    private static func mayUse(
        _ route: Route, _ account: Account?, _ token: String?, _ now: Timestamp, _ world: World
    ) -> Bool {
        guard let account else { return !route.needsToken }
        guard let scopes = account.scopes else { return true }
        let isFresh = world.logins.grant(of: token, now: now) != nil
        return isFresh && route.scope.map(scopes.contains) ?? !route.needsToken
    }

    private static func cloudflarePage(_ status: Int) -> HTTPAnswer {
        var answer = HTTPAnswer(status: status)
        answer.headers.add(name: "Content-Type", value: "text/html; charset=UTF-8")
        answer.headers.add(name: "Server", value: "cloudflare")
        answer.body = Array(
            "<!DOCTYPE html><html><head><title>\(status)</title></head><body>cloudflare</body></html>\n".utf8)
        return answer
    }

    private func admitAndPerform(
        _ request: HTTPRequest, _ route: Route, _ parameters: [String: String], token: String?, account: Account?
    ) -> HTTPAnswer {
        let now = advance()
        guard options.enforcesRateLimits else { return perform(request, route, parameters, account, major: "") }
        // Major parameters: channel, guild, webhook with its token.
        let major = ["channel_id", "guild_id", "webhook_id", "webhook_token"].compactMap { parameters[$0] }
            .joined(separator: "/")
        if parameters["webhook_token"] != nil, let left = limiter.webhookBanLeft(for: request.client, now: now) {
            return Self.cloudflareBan(left)
        }
        switch limiter.admit(route.limit, major: major, token: token ?? request.client, now: now) {
        case .globallyLimited(let seconds): return limited(route.limit, scope: .global, retryAfter: seconds, now: now)
        case .limited(let headers, let seconds):
            var answer = limited(route.limit, scope: .user, retryAfter: seconds, now: now)
            add(headers, to: &answer)
            return answer
        case .allowed(let headers):
            var answer = perform(request, route, parameters, account, major: major)
            if answer.status == 404, parameters["webhook_token"] != nil {
                limiter.countDeadWebhook(from: request.client, now: now)
            }
            add(headers, to: &answer)
            return answer
        }
    }

    private static func token(_ request: HTTPRequest) -> String? {
        guard let header = request.headers.first(name: "Authorization"), !header.hasPrefix("Basic ") else { return nil }
        // People's tokens (the owner's, in tests) come without a scheme or with one.
        return String(header.split(separator: " ").last ?? "")
    }

    func limited(
        _ rule: RateRule, scope: FaultPlan.Scope, retryAfter: Double, now: Timestamp, hidden: HiddenLimit? = nil
    ) -> HTTPAnswer {
        statistics.limited[scope.rawValue, default: 0] += 1
        let seconds = max(0.001, (retryAfter * 1000).rounded(.up) / 1000)
        var answer = HTTPAnswer.json(
            429,
            [
                "message": .string(hidden?.message ?? "You are being rate limited."),
                "retry_after": .double(seconds), "global": .bool(scope == .global), "code": .int(hidden?.code ?? 0),
            ])
        answer.headers.add(name: "Retry-After", value: String(Int(seconds.rounded(.up))))
        answer.headers.add(name: "X-RateLimit-Scope", value: scope.rawValue)
        if scope == .global {
            answer.headers.add(name: "X-RateLimit-Global", value: "true")
        } else if scope == .shared {
            add(
                .init(
                    limit: rule.limit, remaining: rule.limit - 1, resetAt: now + seconds, resetAfter: seconds,
                    bucket: rule.hash),
                to: &answer)
        }
        return answer
    }

    private func add(_ headers: RateLimiter.Headers, to answer: inout HTTPAnswer) {
        // The shared 429 of a hidden limit keeps its own.
        guard answer.headers.first(name: "X-RateLimit-Scope") != "shared" else { return }
        let reset = Double((headers.resetAt + faults.clockSkew).milliseconds) / 1000
        answer.headers.replaceOrAdd(name: "X-RateLimit-Limit", value: String(headers.limit))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Remaining", value: String(headers.remaining))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Reset", value: String(reset))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Reset-After", value: String(headers.resetAfter))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Bucket", value: headers.bucket)
    }

    private func perform(
        _ request: HTTPRequest, _ route: Route, _ parameters: [String: String], _ account: Account?, major: String
    ) -> HTTPAnswer {
        do throws(APIError) {
            var call = try call(request, parameters)
            call.caller = account?.userID
            call.token = Self.token(request)
            if options.enforcesRateLimits, let hidden = route.hidden?(call),
                let wait = limiter.waitOf(hidden, major: major, now: world.now)
            {
                return limited(route.limit, scope: .shared, retryAfter: wait, now: world.now, hidden: hidden)
            }
            let reply = try route.handler(&world, call)
            flush()
            if let file = reply.file { return .file(reply.status, file.contentType, file.bytes) }
            return .json(reply.status, reply.body)
        } catch {
            flush()
            return .failure(error)
        }
    }
}
