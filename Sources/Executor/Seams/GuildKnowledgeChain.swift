import Contracts
import Logging
import Moderation

/// The second source answers when the first is away, and only then: what the first refuses stays refused.
struct GuildKnowledgeChain: GuildKnowledge {
    let first: any GuildKnowledge
    let second: any GuildKnowledge
    let logger: Logger

    func moderationContext(
        guild: Snowflake?,
        channel: Snowflake?,
        user: Snowflake?
    ) async throws(WireError) -> WireModerationContext {
        do throws(WireError) {
            return try await first.moderationContext(guild: guild, channel: channel, user: user)
        } catch {
            guard [.unavailable, .expired, .busy, .internal].contains(error.code) else { throw error }
            logger.notice("gateway does not answer; asking Discord", metadata: [LogKey.error: "\(error.code.name)"])
            return try await second.moderationContext(guild: guild, channel: channel, user: user)
        }
    }
}
