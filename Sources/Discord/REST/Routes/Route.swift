import Contracts

/// One of Discord's REST routes as its documentation names it.
struct Route: Hashable, Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    let method: Method
    /// The path with `{names}`; a leading channel, guild or webhook id is the rate limit's major parameter.
    let template: String
    /// What the bot needs at least, as far as that is the same for every call of the route.
    let permissions: Permissions
    /// Whether Discord documents `X-Audit-Log-Reason` for it.
    let takesReason: Bool
    /// Whether a second call after an unknown outcome leaves the same state as one call.
    let isRepeatable: Bool
    /// Webhook executions carry their secret in the path, and no bot token.
    let isAuthorized: Bool
    /// Where its calls wait unless the caller says otherwise.
    let lane: RateLane
    /// The documentation's page.
    let page: String

    init(
        _ method: Method,
        _ template: String,
        needs permissions: Permissions = [],
        reason: Bool = false,
        repeatable: Bool? = nil,
        authorized: Bool = true,
        lane: RateLane? = nil,
        page: String
    ) {
        self.method = method
        self.template = template
        self.permissions = permissions
        takesReason = reason
        isRepeatable = repeatable ?? (method != .post)
        isAuthorized = authorized
        self.lane = lane ?? (method == .get ? .read : .moderation)
        self.page = "https://discord.com/developers/docs/" + page
    }

    /// The route's name in logs, errors and rate-limit tables.
    var name: String { "\(method.rawValue) \(template)" }

    /// The names in the path, in order.
    var parameterNames: [String] {
        template.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// Fills the names in order.
    func at(_ values: any PathValue...) -> Endpoint { at(all: values) }

    func at(all values: [any PathValue]) -> Endpoint {
        var path = ""
        var parameters: [String: String] = [:]
        var remaining = values[...]
        for part in template.split(separator: "/") {
            guard part.hasPrefix("{") else {
                path += "/" + part
                continue
            }
            let text = remaining.removeFirst().pathText
            parameters[String(part.dropFirst().dropLast())] = text
            path += "/" + text.percentEncoded
        }
        let major = Self.majorNames.lazy.compactMap { parameters[$0] }.first ?? ""
        // Shared state must not hold the secret.
        let token = parameters["webhook_token"].map { ":" + $0.hashedName } ?? ""
        return Endpoint(
            route: self, path: path, parameters: parameters,
            rateRoute: RateRoute(
                template: name, majorParameter: major + token, countsGlobally: !template.hasPrefix("/interactions/")))
    }

    /// Source: <https://discord.com/developers/docs/topics/rate-limits#rate-limits>
    private static let majorNames = ["channel_id", "guild_id", "webhook_id"]
}

/// What may stand for a name in a path.
protocol PathValue: Sendable {
    var pathText: String { get }
}

extension Snowflake: PathValue {
    var pathText: String { description }
}

extension String: PathValue {
    var pathText: String { self }
}

extension Int: PathValue {
    var pathText: String { String(self) }
}

/// A route with its ids: what is sent, and what the rate ledger is asked for.
struct Endpoint: Hashable, Sendable {
    let route: Route
    let path: String
    /// By the names of the template.
    let parameters: [String: String]
    let rateRoute: RateRoute

    func id(_ name: String) -> Snowflake? { parameters[name].flatMap { Snowflake($0) } }
}
