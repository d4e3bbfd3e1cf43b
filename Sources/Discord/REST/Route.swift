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
    /// Whether a second call after an unknown outcome leaves the same state as one call.
    let isRepeatable: Bool
    /// The documentation's page.
    let page: String

    init(_ method: Method, _ template: String, repeatable: Bool, page: String) {
        self.method = method
        self.template = template
        self.isRepeatable = repeatable
        self.page = "https://discord.com/developers/docs/" + page
    }

    /// Where its calls wait unless the caller says otherwise.
    var lane: RateLane { method == .get ? .read : template.hasSuffix("/messages") ? .post : .moderation }

    /// The route's name in logs, errors and rate-limit tables.
    var name: String { "\(method.rawValue) \(template)" }

    /// Fills the names in order.
    func at(_ ids: Snowflake...) -> Endpoint {
        var path = ""
        var remaining = ids[...]
        for part in template.split(separator: "/") {
            path += "/" + (part.hasPrefix("{") ? remaining.removeFirst().description : String(part))
        }
        let major = Self.majorNames.contains { template.contains($0) } ? ids.first?.description ?? "" : ""
        return Endpoint(route: self, path: path, rateRoute: RateRoute(template: name, majorParameter: major))
    }

    private static let majorNames = ["/{channel_id}", "/{guild_id}", "/{webhook_id}"]
}

/// A route with its ids: what is sent, and what the rate ledger is asked for.
struct Endpoint: Hashable, Sendable {
    let route: Route
    let path: String
    let rateRoute: RateRoute
}
