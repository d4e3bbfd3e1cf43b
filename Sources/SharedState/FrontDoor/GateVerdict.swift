import Contracts

/// The script's answer, understood.
enum GateVerdict: Hashable {
    /// No such key, or not its secret.
    case unknown
    case revoked
    case disabled
    case expired
    case limited(RateLimitRefusal)
    /// With the generation of the secret that the caller has, or had for its token.
    case admitted(AccessGrant, generation: Int64, [RateLimitState])

    init(_ value: RedisValue, keyID: String, effect: ToolAccess.Effect?) throws(RedisError) {
        guard let elements = value.array, let code = elements.first?.integer else { throw Self.violation }
        switch code {
        case -1: self = .unknown
        case -2: self = .revoked
        case -3: self = .disabled
        case -4: self = .expired
        case 1:
            self = .admitted(
                try Self.grant(elements, keyID: keyID),
                generation: try Self.generation(elements),
                try Self.states(elements, effect: effect)
            )
        case 0:
            let states = try Self.states(elements, effect: effect)
            guard let which = elements[1].integer, states.indices.contains(which - 1), let wait = elements[2].integer
            else { throw Self.violation }
            self = .limited(
                RateLimitRefusal(
                    policy: states[which - 1].policy, retryAfter: .microseconds(wait), limits: states))
        default: throw Self.violation
        }
    }

    private static func grant(_ elements: [RedisValue], keyID: String) throws(RedisError) -> AccessGrant {
        guard elements.count >= fixed, let tenant = elements[3].string, let name = elements[4].string,
            let level = elements[5].string.flatMap({ AccessLevel(name: $0) }),
            let guilds = elements[6].string.flatMap(KeyField.snowflakes),
            let channels = elements[7].string.flatMap(KeyField.snowflakes),
            let toolsets = elements[8].string.map(KeyField.names)
        else { throw violation }
        return AccessGrant(
            keyID: keyID, tenant: tenant, name: name, level: level, guilds: guilds, channels: channels,
            toolsets: toolsets,
            discordUser: elements[9].string.flatMap { Snowflake($0) }, expiresAt: elements[10].integer.map(Int64.init))
    }

    /// Elements before the limits.
    private static let fixed = 12

    private static func generation(_ elements: [RedisValue]) throws(RedisError) -> Int64 {
        guard elements.count >= fixed, let generation = elements[11].integer else { throw violation }
        return Int64(generation)
    }

    private static func states(
        _ elements: [RedisValue], effect: ToolAccess.Effect?
    ) throws(RedisError) -> [RateLimitState] {
        guard let effect else { return [] }
        let names = ["key", "tenant", effect.rawValue]
        guard elements.count == fixed + 4 * names.count else { throw violation }
        var states: [RateLimitState] = []
        for (index, name) in names.enumerated() {
            let numbers = elements[(fixed + 4 * index)...].prefix(4).compactMap(\.integer)
            guard numbers.count == 4, let limit = RateLimit(quota: numbers[0], window: numbers[1]) else {
                throw violation
            }
            states.append(
                RateLimitState(
                    policy: name, limit: limit, remaining: max(0, numbers[2]), reset: .microseconds(numbers[3])))
        }
        return states
    }

    private static var violation: RedisError { .protocolViolation(reason: "the gate script's answer") }
}
