/// The operator's ceiling over every key.
public struct OperatorCeiling: Hashable, Sendable {
    public var readOnly: Bool
    public var toolsets: Limit<String>

    public init(readOnly: Bool = false, toolsets: Limit<String> = .all) {
        self.readOnly = readOnly
        self.toolsets = toolsets
    }
}

/// Why a call is refused.
public enum AccessDenial: Error, Hashable, Sendable {
    case level(needed: AccessLevel)
    case toolset(String)
    case guild(Snowflake)
    case channel(Snowflake)
    /// The key is limited to channels, and the call names none.
    case channelRequired
    /// The key is limited to guilds, and the channel is a direct message.
    case directMessage
    case operatorReadOnly
    case operatorToolset(String)
    case expired
}

/// The one place that decides what a key may do. Front door and executor both call it, each with its own look-up of the key.
public enum AccessPolicy {
    /// Whether the key may use the tool at all: what lists show.
    public static func check(
        _ grant: AccessGrant,
        tool: ToolAccess,
        ceiling: OperatorCeiling,
        nowUnixMilliseconds now: Int64
    ) throws(AccessDenial) {
        if let expiresAt = grant.expiresAt, now >= expiresAt { throw .expired }
        if ceiling.readOnly, tool.effect != .read { throw .operatorReadOnly }
        guard ceiling.toolsets.contains(tool.toolset) else { throw .operatorToolset(tool.toolset) }
        guard grant.toolsets.contains(tool.toolset) else { throw .toolset(tool.toolset) }
        guard grant.level >= tool.level else { throw .level(needed: tool.level) }
    }

    /// Whether the key may use the channel at all, as far as that shows without looking anything up: what a key may not
    /// use must not be told from what does not exist.
    public static func check(_ grant: AccessGrant, channel: Snowflake?) throws(AccessDenial) {
        if let channel, !grant.channels.contains(channel) { throw .channel(channel) }
    }

    /// Whether the key may use the tool there. `guild` nil: the call names no guild (a direct message, or a search over all that the key sees).
    public static func check(
        _ grant: AccessGrant,
        tool: ToolAccess,
        guild: Snowflake?,
        channel: Snowflake?,
        ceiling: OperatorCeiling,
        nowUnixMilliseconds now: Int64
    ) throws(AccessDenial) {
        try check(grant, tool: tool, ceiling: ceiling, nowUnixMilliseconds: now)
        try check(grant, channel: channel)
        if let guild, !grant.guilds.contains(guild) { throw .guild(guild) }
        if guild == nil, channel != nil, case .only = grant.guilds { throw .directMessage }
        // A key for some channels must not ban from the whole guild.
        if channel == nil, tool.effect != .read, case .only = grant.channels { throw .channelRequired }
    }
}

extension AccessDenial {
    public var wireError: WireError {
        switch self {
        case .level(let needed):
            WireError(
                .accessDenied, "This key's level is too low: the tool needs \(needed.name).",
                hint: "Ask the operator for a key of level \(needed.name).", details: ["scope": needed.scope])
        case .toolset(let name):
            WireError(
                .accessDenied, "This key may not use the toolset \(name).",
                hint: "Ask the operator for a key with that toolset.")
        case .guild:
            // Not its id: the caller may have named a channel only.
            WireError(
                .accessDenied, "This key may not act in that guild.",
                hint: "Use a guild of this key; discord://status lists them.")
        case .channel(let id):
            WireError(.accessDenied, "This key may not use channel \(id).", hint: "Use a channel of this key.")
        case .channelRequired:
            WireError(
                .accessDenied, "This key is limited to some channels and may not act on a whole guild.",
                hint: "Name a channel of this key, or use a key without a channel limit.")
        case .directMessage:
            WireError(
                .accessDenied, "This key is limited to some guilds and may not use direct messages.",
                hint: "Use a channel of one of its guilds.")
        case .operatorReadOnly:
            WireError(
                .accessDenied, "The operator has set this server to read only.",
                hint: "Only tools that read work until DISCORD_MCP_READ_ONLY is off.")
        case .operatorToolset(let name):
            WireError(
                .accessDenied, "The operator has switched the toolset \(name) off.",
                hint: "DISCORD_MCP_TOOLSETS says which toolsets are on.")
        case .expired:
            WireError(.accessDenied, "This key has expired.", hint: "Ask the operator for a new key.")
        }
    }
}
