import Bus
import Contracts
import Moderation

/// Asks the gateway process, which holds the guilds in memory and on disk.
struct GatewayGuildKnowledge: GuildKnowledge {
    private static let patience: Int64 = 3000

    let client: BusClient
    let now: @Sendable () -> Int64

    func moderationContext(
        guild: Snowflake?,
        channel: Snowflake?,
        user: Snowflake?
    ) async throws(WireError) -> WireModerationContext {
        var get = WireGetModerationContext()
        if let guild {
            get.guildID = guild.rawValue
        } else if let channel {
            get.guildID = try await self.guild(of: channel).rawValue
        }
        get.channelID = channel?.rawValue ?? 0
        get.userID = user?.rawValue ?? 0
        let reply = try await ask(.getModerationContext(get))
        guard case .moderationContext(let context) = reply.outcome else { throw .notUnderstood }
        return context
    }

    private func guild(of channel: Snowflake) async throws(WireError) -> Snowflake {
        var resolve = WireResolveChannel()
        resolve.channelID = channel.rawValue
        let reply = try await ask(.resolveChannel(resolve))
        guard case .channel(let found) = reply.outcome else { throw .notUnderstood }
        return Snowflake(found.guildID)
    }

    /// For the executor itself, so without a caller's scope: the rules are applied to what comes back.
    private func ask(_ body: WireQuery.OneOf_Body) async throws(WireError) -> WireQueryReply {
        var query = WireQuery()
        query.body = body
        query.scope.allGuilds = true
        query.scope.allChannels = true
        var random = SystemRandomNumberGenerator()
        let id = MessageID.make(unixMilliseconds: now(), using: &random)
        let answer = try await client.request(
            kind: .query, body: query.wireBytes, id: id, deadline: now() + Self.patience)
        guard let reply = try? WireQueryReply(wireBytes: answer.body) else { throw .notUnderstood }
        if case .error(let error) = reply.outcome { throw error }
        return reply
    }
}

extension WireError {
    fileprivate static var notUnderstood: WireError {
        WireError(
            .internal, "The gateway's answer could not be read.",
            hint: "Gateway and executor must be of the same version.")
    }
}
