import Contracts
import JSONCore

/// What a `GUILD_MEMBERS_CHUNK` says about the request that it answers; the members are left to others.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-members-chunk>
struct MemberChunk: Hashable, Sendable {
    var nonce: String
    var index: Int
    var count: Int
    var members: Int
    var notFound: [Snowflake]

    init(nonce: String, index: Int, count: Int, members: Int = 0, notFound: [Snowflake] = []) {
        self.nonce = nonce
        self.index = index
        self.count = count
        self.members = members
        self.notFound = notFound
    }

    /// Nil: nobody's answer, or not a chunk.
    init?(data: [UInt8]) {
        guard let chunk = JSONMembers(object: data), let nonce = chunk.plainString("nonce"),
            let index = chunk.integer("chunk_index"), let count = chunk.integer("chunk_count"),
            count > 0, (0..<count).contains(index)
        else { return nil }
        self.init(
            nonce: nonce, index: index, count: count,
            members: chunk["members"].flatMap { Self.countElements(Array($0)) } ?? 0,
            notFound: chunk["not_found"].flatMap { try? DiscordJSON.decode([Snowflake].self, from: $0) } ?? [])
    }

    private static func countElements(_ array: [UInt8]) -> Int? {
        var count = 0
        try? JSONCursor.read(array) { cursor in try cursor.elements { _ in count += 1 } }
        return count
    }
}

/// `RATE_LIMITED`: a request over the gateway came too soon.
/// Source: <https://discord.com/developers/docs/events/gateway-events#rate-limited>
struct GatewayRateLimit: Hashable, Sendable, Decodable {
    struct Meta: Hashable, Sendable, Decodable {
        var nonce: String?
    }

    var opcode: Int
    /// Seconds.
    var retryAfter: Double
    var meta: Meta?

    /// Whatever the number says: at least a second, at most an hour.
    var pause: Duration { .seconds(min(max(1, retryAfter), 3600)) }

    enum CodingKeys: String, CodingKey {
        case opcode, meta
        case retryAfter = "retry_after"
    }
}
