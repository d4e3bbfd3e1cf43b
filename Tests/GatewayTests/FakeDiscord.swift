import Contracts
import Discord

@testable import Gateway

/// A Discord of a few messages, members and channels, which counts how often it is asked and can be down.
actor FakeDiscord: DiscordLookup {
    private(set) var calls: [String] = []
    var messages: [Message] = []
    var channels: [Channel] = []
    var members: [Member] = []
    var failure: DiscordError?

    func set(messages: [Message]) { self.messages = messages }
    func set(channels: [Channel]) { self.channels = channels }
    func set(members: [Member]) { self.members = members }
    func fail(_ failure: DiscordError?) { self.failure = failure }

    static let down = DiscordError(kind: .unavailable, route: "test", message: "down", status: 502)

    func messages(
        in channel: Snowflake,
        _ anchor: DiscordREST.Anchor,
        limit: Int,
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) -> [Message] {
        calls.append("messages")
        if let failure { throw failure }
        let all = messages.filter { $0.channelID == channel }.sorted { $0.id > $1.id }
        return switch anchor {
        case .newest, .around: Array(all.prefix(limit))
        case .before(let id): Array(all.filter { $0.id < id }.prefix(limit))
        case .after(let id): Array(all.filter { $0.id > id }.suffix(limit))
        }
    }

    func channel(_ id: Snowflake, deadline: ContinuousClock.Instant?) async throws(DiscordError) -> Channel {
        calls.append("channel")
        if let failure { throw failure }
        guard let channel = channels.first(where: { $0.id == id }) else { throw Self.missing(10003) }
        return channel
    }

    func member(
        _ user: Snowflake,
        of guild: Snowflake,
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) -> Member {
        calls.append("member")
        if let failure { throw failure }
        guard let member = members.first(where: { $0.user?.id == user }) else { throw Self.missing(10007) }
        return member
    }

    private static func missing(_ code: Int) -> DiscordError {
        DiscordError(kind: .refused, route: "test", message: "unknown", status: 404, code: code)
    }
}
