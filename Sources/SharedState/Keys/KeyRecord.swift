public import Contracts

/// What Redis knows of a key; never its secret.
public struct KeyRecord: Hashable, Sendable {
    public let id: String
    public let environment: String
    public let tenant: String
    /// The operator's name for the key.
    public let name: String
    public let level: AccessLevel
    public let guilds: Limit<Snowflake>
    public let channels: Limit<Snowflake>
    public let toolsets: Limit<String>
    public let discordUser: Snowflake?
    /// nil: the server's default.
    public let rateLimit: RateLimit?
    public let note: String
    /// All times are Unix milliseconds.
    public let createdAt: Int64
    public let expiresAt: Int64?
    public let revokedAt: Int64?
    public let isDisabled: Bool
    /// Kept to the minute.
    public let lastUsedAt: Int64?
    /// Until when the secret from before the last rotation still works.
    public let previousSecretExpiresAt: Int64?

    /// What the key may do, as long as ``isUsable(nowUnixMilliseconds:)``.
    public var grant: AccessGrant {
        AccessGrant(
            keyID: id, tenant: tenant, name: name, level: level, guilds: guilds, channels: channels, toolsets: toolsets,
            discordUser: discordUser, expiresAt: expiresAt)
    }

    public func isUsable(nowUnixMilliseconds now: Int64) -> Bool {
        revokedAt == nil && !isDisabled && expiresAt.map { now < $0 } ?? true
    }
}

/// What the operator asks for when making a key.
public struct KeyRequest: Hashable, Sendable {
    public var name: String
    public var level: AccessLevel
    public var tenant: String
    public var environment: String
    public var guilds: Limit<Snowflake>
    public var channels: Limit<Snowflake>
    public var toolsets: Limit<String>
    public var discordUser: Snowflake?
    public var rateLimit: RateLimit?
    /// Unix milliseconds.
    public var expiresAt: Int64?
    public var note: String

    public init(
        name: String,
        level: AccessLevel,
        tenant: String = "default",
        environment: String = "live",
        guilds: Limit<Snowflake> = .all,
        channels: Limit<Snowflake> = .all,
        toolsets: Limit<String> = .all,
        discordUser: Snowflake? = nil,
        rateLimit: RateLimit? = nil,
        expiresAt: Int64? = nil,
        note: String = ""
    ) {
        self.name = name
        self.level = level
        self.tenant = tenant
        self.environment = environment
        self.guilds = guilds
        self.channels = channels
        self.toolsets = toolsets
        self.discordUser = discordUser
        self.rateLimit = rateLimit
        self.expiresAt = expiresAt
        self.note = note
    }
}

/// A key just made or rotated: the only moment its text exists.
public struct IssuedKey: Sendable {
    public let key: APIKey
    public let record: KeyRecord
}
