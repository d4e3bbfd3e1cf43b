import Contracts
import Discord

/// A mix in which both kinds of limit bind: posts and time-outs by their buckets, reads by the global limit.
struct SharedTokenLoad: Sendable {
    let rest: DiscordREST
    let guild: Snowflake
    let channels: [Snowflake]
    let target: Snowflake

    func once() async throws {
        for channel in channels {
            try await post(channel)
            _ = try await rest.messages(in: channel, limit: 1)
            _ = try await rest.channel(channel)
        }
        try await timeOut()
        _ = try await rest.roles(of: guild)
    }

    /// Each call that ends makes room for the next; what goes wrong shows in the sandbox's figures.
    func forever() async {
        await withTaskGroup(of: Void.self) { group in
            for channel in channels {
                group.addTask { while true { try? await post(channel) } }
                group.addTask { while true { _ = try? await rest.messages(in: channel, limit: 1) } }
                group.addTask { while true { _ = try? await rest.inLane(.backfill).channel(channel) } }
            }
            group.addTask { while true { try? await timeOut() } }
            group.addTask { while true { _ = try? await rest.inLane(.backfill).roles(of: guild) } }
        }
    }

    private func post(_ channel: Snowflake) async throws(DiscordError) {
        _ = try await rest.createMessage(CreateMessage(content: "load"), in: channel)
    }

    private func timeOut() async throws(DiscordError) {
        try await rest.timeOut(target, of: guild, until: nil)
    }
}
