/// One route of the API: its template, its rate limit, who may call it and what it does.
struct Route: Sendable {
    typealias Handler = @Sendable (inout World, APICall) throws(APIError) -> APIReply

    let method: String
    let template: String
    let limit: RateRule
    var needsToken = true
    /// A limit that no header shows, if the call falls under one.
    var hidden: (@Sendable (APICall) -> HiddenLimit?)?
    /// An OAuth2 scope that opens the route to Bearer tokens; without one they are refused.
    var scope: String?
    let handler: Handler

    static func get(_ template: String, _ limit: RateRule, _ handler: @escaping Handler) -> Route {
        Route(method: "GET", template: template, limit: limit, handler: handler)
    }
    static func post(_ template: String, _ limit: RateRule, _ handler: @escaping Handler) -> Route {
        Route(method: "POST", template: template, limit: limit, handler: handler)
    }
    static func put(_ template: String, _ limit: RateRule, _ handler: @escaping Handler) -> Route {
        Route(method: "PUT", template: template, limit: limit, handler: handler)
    }
    static func patch(_ template: String, _ limit: RateRule, _ handler: @escaping Handler) -> Route {
        Route(method: "PATCH", template: template, limit: limit, handler: handler)
    }
    static func delete(_ template: String, _ limit: RateRule, _ handler: @escaping Handler) -> Route {
        Route(method: "DELETE", template: template, limit: limit, handler: handler)
    }

    var withoutToken: Route {
        var route = self
        route.needsToken = false
        return route
    }

    func hiding(_ limit: @escaping @Sendable (APICall) -> HiddenLimit?) -> Route {
        var route = self
        route.hidden = limit
        return route
    }

    func open(to scope: String) -> Route {
        var route = self
        route.scope = scope
        return route
    }

    static let all: [Route] = [
        UserRoutes.all, ApplicationRoutes.all, CommandRoutes.all, GuildRoutes.all, GuildSettingRoutes.all,
        GuildPageRoutes.all, TemplateRoutes.all, JoinRequestRoutes.all, SearchRoutes.all, MemberRoutes.all,
        BanRoutes.all, RoleRoutes.all, ChannelRoutes.all, InviteRoutes.all, VoiceRoutes.all, StageRoutes.all,
        ThreadRoutes.all, ThreadListRoutes.all, MessageRoutes.all, ReactionRoutes.all, PinRoutes.all, PollRoutes.all,
        WebhookRoutes.all, WebhookMessageRoutes.all, AutoModerationRoutes.all, ScheduledEventRoutes.all,
        EventExceptionRoutes.all, EmojiRoutes.all, StickerRoutes.all, SoundboardRoutes.all, OAuthRoutes.all,
    ].flatMap { $0 }
}

/// What a path leads to.
struct Router: Sendable {
    enum Match: Sendable {
        case found(Route, parameters: [String: String])
        case wrongMethod
        case notFound
    }

    private struct Entry: Sendable {
        let route: Route
        let pattern: [Substring]
    }

    private let entries: [Int: [Entry]]

    init(_ routes: [Route] = Route.all) {
        // Literal segments win over parameters: `/messages/pins` before `/messages/{message_id}`.
        let sorted = routes.map { Entry(route: $0, pattern: $0.template.split(separator: "/")) }
            .sorted { Self.rank($0) < Self.rank($1) }
        entries = Dictionary(grouping: sorted, by: \.pattern.count)
    }

    private static func rank(_ entry: Entry) -> String {
        entry.pattern.map { $0.hasPrefix("{") ? "1" : "0" }.joined()
    }

    /// `segments` are percent-decoded and without `/api/v10`.
    func match(_ method: String, _ segments: [String]) -> Match {
        var sawPath = false
        for entry in entries[segments.count] ?? [] {
            guard let parameters = Self.parameters(entry.pattern, segments) else { continue }
            if entry.route.method == method { return .found(entry.route, parameters: parameters) }
            sawPath = true
        }
        return sawPath ? .wrongMethod : .notFound
    }

    private static func parameters(_ pattern: [Substring], _ segments: [String]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (expected, segment) in zip(pattern, segments) {
            if expected.hasPrefix("{") {
                parameters[String(expected.dropFirst().dropLast())] = segment
            } else if expected != segment {
                return nil
            }
        }
        return parameters
    }
}
