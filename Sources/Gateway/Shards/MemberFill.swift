import Archive
import Contracts
import Discord
import Logging

/// Asks for the members of guilds that came without them: Discord sends a guild with the bot alone.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-create>
struct MemberFill: Sendable {
    private enum Cue: Sendable {
        case guild(Snowflake)
        /// A resumed session: what an earlier process did not get to.
        case everything
    }

    let client: GatewayClient
    let archive: Archive
    let logger: Logger
    private let cues = AsyncStream<Cue>.makeStream()

    init(client: GatewayClient, archive: Archive, logger: Logger) {
        self.client = client
        self.archive = archive
        self.logger = logger
    }

    /// Looks at what was applied.
    func note(_ batch: [GatewayDispatch]) {
        for dispatch in batch {
            switch dispatch.name {
            case "GUILD_CREATE": if let guild = dispatch.ownID { cues.continuation.yield(.guild(guild)) }
            case "RESUMED" where client.metrics.reconnects == 0: cues.continuation.yield(.everything)
            default: break
            }
        }
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            for await cue in cues.stream {
                group.addTask {
                    do { try await fill(cue) } catch {
                        logger.error(
                            "The archive cannot say whose members are missing.", metadata: [LogKey.error: "\(error)"])
                    }
                }
            }
            group.cancelAll()
        }
    }

    private func fill(_ cue: Cue) async throws {
        let asked: [Snowflake]? = if case .guild(let guild) = cue { [guild] } else { nil }
        let shard = client.metrics.shard
        for guild in try await archive.guildsLackingMembers(among: asked) where shard.holds(guild) {
            do {
                let answer = try await client.requestMembers(of: guild)
                logger.debug(
                    "The members of a guild have come.",
                    metadata: [LogKey.guildID: "\(guild)", LogKey.count: "\(answer.members)"])
            } catch .missingIntent {
                return
            } catch .stopped {
                return
            } catch {
                logger.warning(
                    "The members of a guild are not known completely.",
                    metadata: [LogKey.guildID: "\(guild)", LogKey.reason: "\(error)"])
            }
        }
    }
}
