/// A list that limits, or no limit at all.
public enum Limit<Element: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    case all
    case only(Set<Element>)

    public func contains(_ element: Element) -> Bool {
        switch self {
        case .all: true
        case .only(let elements): elements.contains(element)
        }
    }
}

/// What a key may do, as its record says.
public struct AccessGrant: Hashable, Sendable, Codable {
    public var keyID: String
    public var tenant: String
    /// The operator's name for the key.
    public var name: String
    public var level: AccessLevel
    public var guilds: Limit<Snowflake>
    public var channels: Limit<Snowflake>
    public var toolsets: Limit<String>
    /// The Discord user on whose behalf the key acts.
    public var discordUser: Snowflake?
    /// Unix milliseconds; nil: does not expire.
    public var expiresAt: Int64?

    public init(
        keyID: String,
        tenant: String,
        name: String,
        level: AccessLevel,
        guilds: Limit<Snowflake> = .all,
        channels: Limit<Snowflake> = .all,
        toolsets: Limit<String> = .all,
        discordUser: Snowflake? = nil,
        expiresAt: Int64? = nil
    ) {
        self.keyID = keyID
        self.tenant = tenant
        self.name = name
        self.level = level
        self.guilds = guilds
        self.channels = channels
        self.toolsets = toolsets
        self.discordUser = discordUser
        self.expiresAt = expiresAt
    }

    public var principal: WirePrincipal {
        var principal = WirePrincipal()
        principal.keyID = keyID
        principal.tenant = tenant
        return principal
    }

    /// The limits as a query carries them.
    public var scope: WireScope {
        var scope = WireScope()
        switch guilds {
        case .all: scope.allGuilds = true
        case .only(let ids): scope.guildIds = ids.map(\.rawValue).sorted()
        }
        switch channels {
        case .all: scope.allChannels = true
        case .only(let ids): scope.channelIds = ids.map(\.rawValue).sorted()
        }
        return scope
    }
}

extension WireScope {
    public func allows(guild: Snowflake) -> Bool {
        allGuilds || guildIds.contains(guild.rawValue)
    }

    public func allows(channel: Snowflake) -> Bool {
        allChannels || channelIds.contains(channel.rawValue)
    }
}
