import Contracts

@testable import DiscordSandbox

/// The routes of the API over a world, without connections and rate limits.
struct RouteBench {
    let seeded = SeededWorld(seed: 1, now: noon)
    var world: World
    private let router = Router()
    private var calls = 0

    init() { world = seeded.world }

    var guild: String { "/guilds/\(seeded.guildID)" }
    var lastAudit: AuditEntry? { world.guilds[seeded.guildID]?.auditLog.last }
    func channel(_ name: String) -> String { "/channels/\(seeded.channel(name))" }

    /// Asks as the bot, as a person, or with `nil` as someone without a token.
    mutating func callAsFunction(
        _ method: String, _ target: String, _ body: JSONValue? = nil, as name: String? = "bot", reason: String? = nil
    ) throws(APIError) -> APIReply {
        let parts = target.split(separator: "?", maxSplits: 1)
        guard case .found(let route, let path) = router.match(method, parts[0].split(separator: "/").map(String.init))
        else { throw .notFound }
        if name == nil, route.needsToken { throw .unauthorized }
        calls += 1
        let letters = String(calls)
        var call = APICall(
            path: path, query: parts.count > 1 ? HTTPRequest.items(parts[1]) : [], body: body, reason: reason,
            site: .init(
                gatewayURL: "ws://here", identifiesPerDay: 1000, identifiesLeft: 1000, identifiesResetAfter: 0,
                maxConcurrency: 1, shards: 1),
            randomToken: String(repeating: "t", count: 68 - letters.count) + letters, now: world.now)
        call.caller = name.map { World.Actor($0, in: seeded).id }
        return try route.handler(&world, call)
    }

    /// What a call is refused with; nil when it is not.
    mutating func refusal(
        _ method: String, _ target: String, _ body: JSONValue? = nil, as name: String? = "bot"
    ) -> APIError? {
        failure { () throws(APIError) in _ = try self(method, target, body, as: name) }
    }

    mutating func eventNames() -> [String] { world.takeEvents().map(\.name) }
}
