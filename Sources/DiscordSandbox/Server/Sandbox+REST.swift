import Contracts
import NIOHTTP1

/// The way of a request: route, token, planned fault, rate limit, body, handler, headers.
extension Sandbox {
    func answer(_ request: HTTPRequest) async -> HTTPAnswer {
        if let control = request.segments(after: "/sandbox") { return answerControl(request, control) }
        guard request.path.hasPrefix("/api") else { return .failure(.notFound) }
        let now = advance()
        if options.enforcesRateLimits, let left = limiter.banLeft(for: request.client, now: now) {
            return Self.cloudflareBan(left)
        }
        guard let segments = request.segments(after: "/api/v10") ?? request.segments(after: "/api/v9") else {
            return .failure(APIError(status: 400, code: 50041, message: "Invalid API version provided"))
        }
        let answer = await answer(request, segments, now: now)
        statistics.answers[answer.status, default: 0] += 1
        let isInvalid =
            [401, 403, 429].contains(answer.status) && answer.headers.first(name: "X-RateLimit-Scope") != "shared"
        if isInvalid { limiter.countInvalid(from: request.client, now: now) }
        return answer
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
        guard account != nil || !route.needsToken else { return .failure(.unauthorized) }

        let fault = faults.fault(method: route.method, template: route.template)
        switch fault {
        case .rateLimit(let scope, let seconds):
            return limited(route.limit, scope: scope, retryAfter: seconds, now: now)
        case .status(let status, let body):
            return .json(status, body ?? ["message": .string("\(status): Sandbox fault"), "code": 0])
        case .cut: return .lost
        case .delay(let seconds): try? await Task.sleep(for: .seconds(seconds))
        case .cutAfter, .delayAfter, nil: break
        }
        var answer = admitAndPerform(request, route, parameters, token: token, account: account)
        if case .delayAfter(let seconds) = fault { try? await Task.sleep(for: .seconds(seconds)) }
        if fault == .cutAfter { answer.isLost = true }
        return answer
    }

    private func admitAndPerform(
        _ request: HTTPRequest, _ route: Route, _ parameters: [String: String], token: String?, account: Account?
    ) -> HTTPAnswer {
        let now = advance()
        guard options.enforcesRateLimits else { return perform(request, route, parameters, account) }
        // Major parameters: channel, guild, webhook with its token.
        let major = ["channel_id", "guild_id", "webhook_id", "webhook_token"].compactMap { parameters[$0] }
            .joined(separator: "/")
        switch limiter.admit(route.limit, major: major, token: token ?? request.client, now: now) {
        case .globallyLimited(let seconds): return limited(route.limit, scope: .global, retryAfter: seconds, now: now)
        case .limited(let headers, let seconds):
            var answer = limited(route.limit, scope: .user, retryAfter: seconds, now: now)
            Self.add(headers, to: &answer)
            return answer
        case .allowed(let headers):
            var answer = perform(request, route, parameters, account)
            Self.add(headers, to: &answer)
            return answer
        }
    }

    private static func token(_ request: HTTPRequest) -> String? {
        guard let header = request.headers.first(name: "Authorization") else { return nil }
        // People's tokens (the owner's, in tests) come without a scheme or with one.
        return String(header.split(separator: " ").last ?? "")
    }

    private func limited(_ rule: RateRule, scope: FaultPlan.Scope, retryAfter: Double, now: Timestamp) -> HTTPAnswer {
        statistics.limited[scope.rawValue, default: 0] += 1
        let seconds = max(0.001, (retryAfter * 1000).rounded(.up) / 1000)
        var answer = HTTPAnswer.json(
            429,
            [
                "message": "You are being rate limited.", "retry_after": .double(seconds),
                "global": .bool(scope == .global), "code": 0,
            ])
        answer.headers.add(name: "Retry-After", value: String(Int(seconds.rounded(.up))))
        answer.headers.add(name: "X-RateLimit-Scope", value: scope.rawValue)
        if scope == .global {
            answer.headers.add(name: "X-RateLimit-Global", value: "true")
        } else if scope == .shared {
            Self.add(
                .init(
                    limit: rule.limit, remaining: rule.limit - 1, resetAt: now + seconds, resetAfter: seconds,
                    bucket: rule.hash),
                to: &answer)
        }
        return answer
    }

    private static func add(_ headers: RateLimiter.Headers, to answer: inout HTTPAnswer) {
        answer.headers.replaceOrAdd(name: "X-RateLimit-Limit", value: String(headers.limit))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Remaining", value: String(headers.remaining))
        answer.headers.replaceOrAdd(
            name: "X-RateLimit-Reset", value: String(Double(headers.resetAt.milliseconds) / 1000))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Reset-After", value: String(headers.resetAfter))
        answer.headers.replaceOrAdd(name: "X-RateLimit-Bucket", value: headers.bucket)
    }

    private func perform(
        _ request: HTTPRequest, _ route: Route, _ parameters: [String: String], _ account: Account?
    ) -> HTTPAnswer {
        do throws(APIError) {
            var call = try call(request, parameters)
            call.caller = account?.userID
            let reply = try route.handler(&world, call)
            flush()
            return .json(reply.status, reply.body)
        } catch {
            flush()
            return .failure(error)
        }
    }

    private func call(_ request: HTTPRequest, _ parameters: [String: String]) throws(APIError) -> APICall {
        let (body, files) = try Self.body(of: request)
        let reason = request.headers.first(name: "X-Audit-Log-Reason").map(PercentCoding.decode)
        // Source: <https://discord.com/developers/docs/resources/audit-log> (1 to 512 characters)
        if let reason, reason.unicodeScalars.count > 512 { throw .badLength("reason", 0...512) }
        return APICall(
            path: parameters, query: request.query, body: body, files: files,
            reason: reason?.isEmpty == true ? nil : reason,
            site: .init(gatewayURL: gatewayURL, identifiesLeft: max(0, GatewayHub.identifiesPerDay - hub.identifies)),
            randomToken: randomLetters(68))
    }

    private static func body(of request: HTTPRequest) throws(APIError) -> (JSONValue?, [MultipartBody.File]) {
        guard !request.body.isEmpty, request.method != "GET" else { return (nil, []) }
        let type = request.headers.first(name: "Content-Type") ?? ""
        if type.hasPrefix("multipart/form-data") {
            guard let multipart = MultipartBody(request.body, contentType: type) else { throw .malformedJSON }
            return (try multipart.payload.map { payload throws(APIError) in try json(payload) }, multipart.files)
        }
        guard type.hasPrefix("application/json") else {
            throw .form(
                "", "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.")
        }
        return (try json(request.body), [])
    }

    private static func json(_ bytes: [UInt8]) throws(APIError) -> JSONValue {
        guard let value = try? JSONParser.parse(bytes) else { throw .malformedJSON }
        return value
    }
}
