import Contracts

private let everyProcess = Set(ProcessRole.allCases)
private let discordClients: Set<ProcessRole> = [.gateway, .executor]
private let frontDoors: Set<ProcessRole> = [.frontDoor]
private let stateUsers: Set<ProcessRole> = [.frontDoor, .gateway, .executor]
private let busUsers: Set<ProcessRole> = [.frontDoor, .gateway, .executor, .audit]

extension Setting where Value == String? {
    public static var botToken: Self {
        Self(
            "DISCORD_BOT_TOKEN", "The bot's token. Unset: the sandbox Discord is started.", isSecret: true,
            readers: discordClients)
    }

    public static var jwtSecretKey: Self {
        Self(
            "JWT_SECRET_KEY", "Signs the short-lived tokens, at least 32 bytes. Unset: made and kept in keys/.",
            isSecret: true, readers: frontDoors)
    }

    public static var redisURL: Self {
        Self(
            "REDIS_URL", "redis://, rediss:// (TLS) or unix://. Unset: an embedded Redis is started.", isSecret: true,
            readers: stateUsers, expected: "a URL that begins with redis://, rediss:// or unix://",
            where: { text in ["redis://", "rediss://", "unix://"].contains { text.hasPrefix($0) } })
    }

    public static var discordGatewayURL: Self {
        Self(
            "DISCORD_MCP_DISCORD_GATEWAY_URL", "The Gateway's address. Unset: asked of Discord at GET /gateway/bot.",
            readers: discordClients, expected: "a URL that begins with wss:// or ws://",
            where: { $0.hasPrefix("wss://") || $0.hasPrefix("ws://") })
    }

    public static var bus: Self {
        Self(
            "DISCORD_MCP_BUS", "The directory of the sockets between the processes. Unset: run/ in the data directory.",
            readers: busUsers, expected: "a directory: all processes run on one host and talk over Unix sockets in it",
            where: { !$0.contains("://") })
    }

    public static var publicURL: Self {
        Self(
            "DISCORD_MCP_PUBLIC_URL", "The address that clients use, when a proxy stands before the front doors.",
            readers: frontDoors, expected: "a URL that begins with https:// or http://", where: isHTTP)
    }

    public static var clientKey: Self {
        Self("DISCORD_MCP_KEY", "The API key that `discord-mcp stdio` and `token` use.", isSecret: true, readers: [])
    }

    public static var clientURL: Self {
        Self(
            "DISCORD_MCP_URL", "The front door that `discord-mcp stdio` and `token` use. Unset: the running stack's.",
            readers: [], expected: "a URL that begins with https:// or http://", where: isHTTP)
    }

    public static var checkpointKey: Self {
        Self(
            "DISCORD_MCP_CHECKPOINT_KEY", "Signs the audit log's checkpoints. Unset: made and kept in keys/.",
            isSecret: true, readers: [.audit])
    }
}

extension Setting where Value == String {
    public static var serverName: Self {
        Self("MCP_SERVER_NAME", "The name that MCP clients see.", default: "discord-mcp", readers: frontDoors)
    }

    public static var serverHost: Self {
        Self("MCP_SERVER_HOST", "The address to listen on.", default: "127.0.0.1", readers: frontDoors)
    }

    public static var logLevel: Self {
        Self(
            "LOG_LEVEL", "trace, debug, info, notice, warning, error or critical.", default: "info",
            readers: everyProcess, expected: "trace, debug, info, notice, warning, error or critical",
            where: { LogFormat.level(named: $0) != nil })
    }

    public static var logFormat: Self {
        Self(
            "LOG_FORMAT", "console (for people) or json (one object a line).", default: "console",
            readers: everyProcess, expected: "console or json",
            where: { LogFormat(rawValue: $0.lowercased()) != nil })
    }

    public static var dataDirectory: Self {
        Self(
            "DISCORD_MCP_DATA_DIR", "Everything that is kept: archive, audit log, keys, Redis.", default: "data",
            readers: everyProcess)
    }

    public static var discordAPIURL: Self {
        Self(
            "DISCORD_MCP_DISCORD_API_URL", "The REST API of Discord, or of a server compatible with it.",
            default: "https://discord.com/api/v10", readers: discordClients,
            expected: "a URL that begins with https:// or http://", where: isHTTP)
    }
}

extension Setting where Value == String {
    public static var gatewayCompression: Self {
        Self(
            "DISCORD_MCP_GATEWAY_COMPRESSION", "How Discord packs events: zstd-stream, zlib-stream or none.",
            default: "zstd-stream", readers: [.gateway], expected: "zstd-stream, zlib-stream or none",
            where: { ["zstd-stream", "zlib-stream", "none"].contains($0) })
    }

    public static var shards: Self {
        Self(
            "DISCORD_MCP_SHARDS",
            "The shards that the gateway serves: auto (as many as Discord recommends), a number, or a range of it as "
                + "in 0-3/16.", default: "auto", readers: [.gateway],
            expected: "auto, a number of shards (4), or a range of them (0-3/16)", where: { ShardPlan($0) != nil })
    }
}

extension Setting where Value == Int {
    public static var serverPort: Self {
        Self(
            "MCP_SERVER_PORT", "The port to listen on; 0 picks a free one.", default: 8000, in: 0...65_535,
            readers: frontDoors)
    }

    public static var rateLimitRequests: Self {
        Self(
            "RATE_LIMIT_REQUESTS", "Requests that a key may make in one window.", default: 100, in: 1...1_000_000,
            readers: frontDoors)
    }

    public static var rateLimitWindow: Self {
        Self(
            "RATE_LIMIT_WINDOW", "The window of the request limit, in seconds.", default: 60, in: 1...86_400,
            readers: frontDoors)
    }

    public static var frontDoorCount: Self {
        Self(
            "DISCORD_MCP_FRONT_DOORS", "How many front doors share the listener.", default: 1, in: 1...64,
            readers: frontDoors)
    }
}

extension Setting where Value == Bool {
    public static var corsEnabled: Self {
        Self("CORS_ENABLED", "Answer browsers from the allowed origins.", default: false, readers: frontDoors)
    }

    public static var readOnly: Self {
        Self(
            "DISCORD_MCP_READ_ONLY", "Refuse every tool that changes something, whatever the key.", default: false,
            readers: [.frontDoor, .executor])
    }
}

extension Setting where Value == [String] {
    public static var allowedOrigins: Self {
        Self("ALLOWED_ORIGINS", "Origins that browsers may call from, divided by commas.", readers: frontDoors)
    }

    public static var allowedHosts: Self {
        Self(
            "DISCORD_MCP_ALLOWED_HOSTS", "Host names that clients may use, beside the local ones and the public URL's.",
            readers: frontDoors)
    }

    public static var intents: Self {
        Self(
            "DISCORD_MCP_INTENTS",
            "The gateway intents, by Discord's names, divided by commas. Unset: what the archive needs.",
            readers: [.gateway])
    }

    public static var toolsets: Self {
        Self(
            "DISCORD_MCP_TOOLSETS", "The toolsets that are on, divided by commas. Unset: all.",
            readers: [.frontDoor, .executor], known: ToolAccess.toolsets)
    }
}

@Sendable private func isHTTP(_ text: String) -> Bool {
    text.hasPrefix("https://") || text.hasPrefix("http://")
}

extension SettingDefinition {
    /// Every setting, in the order of `discord-mcp config`.
    public static let all: [SettingDefinition] = [
        Setting<String?>.botToken.definition,
        Setting<String?>.jwtSecretKey.definition,
        Setting<String?>.redisURL.definition,
        Setting<String>.serverName.definition,
        Setting<String>.serverHost.definition,
        Setting<Int>.serverPort.definition,
        Setting<String>.logLevel.definition,
        Setting<String>.logFormat.definition,
        Setting<Bool>.corsEnabled.definition,
        Setting<[String]>.allowedOrigins.definition,
        Setting<Int>.rateLimitRequests.definition,
        Setting<Int>.rateLimitWindow.definition,
        Setting<String>.dataDirectory.definition,
        Setting<String?>.bus.definition,
        Setting<Int>.frontDoorCount.definition,
        Setting<String>.discordAPIURL.definition,
        Setting<String?>.discordGatewayURL.definition,
        Setting<String>.gatewayCompression.definition,
        Setting<String>.shards.definition,
        Setting<[String]>.intents.definition,
        Setting<Bool>.readOnly.definition,
        Setting<[String]>.toolsets.definition,
        Setting<[String]>.allowedHosts.definition,
        Setting<String?>.publicURL.definition,
        Setting<String?>.checkpointKey.definition,
        Setting<String?>.clientKey.definition,
        Setting<String?>.clientURL.definition,
    ]
}
