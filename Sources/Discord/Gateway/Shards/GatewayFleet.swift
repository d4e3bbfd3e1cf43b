public import Contracts
public import Logging

/// Makes the clients of one bot's shards, which share its token, its turns and the queue to IDENTIFY.
public struct GatewayFleet: Sendable {
    private let template: GatewayConfiguration
    private let around: GatewayClient.Surroundings

    /// - Parameters:
    ///   - configuration: whose shard is replaced by each client's own.
    ///   - turns: what all processes of this bot share.
    public init(
        token: BotToken,
        configuration: GatewayConfiguration,
        turns: any GatewayTurns,
        rest: DiscordREST,
        logger: Logger
    ) {
        template = configuration
        around = GatewayClient.Surroundings(
            token: token, userAgent: rest.userAgent, turns: turns, startLimit: { try await rest.gatewayBot() },
            application: { try await rest.currentApplication().flags ?? [] }, logger: logger)
    }

    /// A client that was not started.
    /// - Parameters:
    ///   - session: the position that was stored with the last applied event; nil begins a new session. One of other
    ///     intents or another division is not resumed.
    ///   - mayIdentify: false: the client ends with the session.
    public func client(
        _ shard: ShardPosition,
        session: GatewaySession?,
        mayIdentify: Bool = true
    ) -> GatewayClient {
        var configuration = template
        configuration.shard = shard
        configuration.mayIdentify = mayIdentify
        return GatewayClient(configuration: configuration, session: session, around: around)
    }

    /// How many shards Discord recommends; throws `DiscordError`.
    public func recommendedShards() async throws -> Int {
        max(1, try await around.startLimit().shards)
    }
}
