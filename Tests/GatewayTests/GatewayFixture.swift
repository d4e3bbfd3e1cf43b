import Archive
import Contracts
import Logging
import TestSupport

@testable import Bus
@testable import Discord
@testable import Gateway
@testable import Ingestion

/// Ids of the guild that the dispatches below describe.
enum Guild1 {
    static let id = Snowflake(1_000_000)
    static let general = Snowflake(1_000_001)
    /// @everyone may not see it.
    static let secret = Snowflake(1_000_002)
    static let category = Snowflake(1_000_003)
    static let forum = Snowflake(1_000_004)
    /// Seen, but its history is not readable.
    static let mute = Snowflake(1_000_005)
    static let thread = Snowflake(1_000_006)
    static let bot = Snowflake(900)
    static let owner = Snowflake(901)
    static let ada = Snowflake(902)
    static let botRole = Snowflake(800)
}

/// Ids of messages begin after every channel's.
func messageID(_ number: UInt64) -> Snowflake { Snowflake(2_000_000 + number) }

/// The services of a gateway process on a real archive, with recorded dispatches in and a fake Discord beside them.
struct GatewayFixture {
    let archive: Archive
    let ingestion: Ingestion
    let discord = FakeDiscord()
    let events: AsyncStream<WireEvent>

    static let now: Int64 = 1_800_000_000_000

    init(directory: String) async throws {
        archive = try Archive(directory: directory)
        let (events, continuation) = AsyncStream.makeStream(of: WireEvent.self)
        self.events = events
        ingestion = Ingestion(
            store: archive, shard: 0, botID: try await archive.identity()?.userID, now: { Self.now },
            logger: Logger(label: "test")
        ) { continuation.yield($0) }
    }

    /// - Parameter isLive: the connection stands and everything it brought is applied.
    func queries(isLive: Bool = true) -> QueryService {
        let ingestion = ingestion
        return QueryService(
            archive: archive, discord: discord,
            shards: ShardDirectory {
                [
                    ShardView(
                        metrics: {
                            var metrics = GatewayMetrics()
                            metrics.state = isLive ? .ready : .waiting
                            metrics.sequence = ingestion.progress.sequence
                            return metrics
                        }, progress: { ingestion.progress })
                ]
            },
            position: { EventPosition(epoch: 7, sequence: 42) }, now: { Self.now }, logger: Logger(label: "test"))
    }

    func ask(
        _ body: WireQuery.OneOf_Body,
        scope: WireScope = .everything,
        isLive: Bool = true
    ) async throws -> Reply {
        var query = WireQuery()
        query.scope = scope
        query.body = body
        let header = BusHeader(kind: .query, id: MessageID(high: 1, low: 2))
        let response = await queries(isLive: isLive).respond(
            to: BusRequest(header: header, body: query.wireBytes))
        return try Reply(response)
    }

    struct Reply {
        var wire: WireQueryReply
        var json: JSONValue?

        init(_ response: BusResponse) throws {
            guard case .reply(let body, let attachment) = response.content else {
                throw WireError(.internal, "not a reply")
            }
            wire = try WireQueryReply(wireBytes: body)
            json = try attachment.map { try DiscordJSON.decode(JSONValue.self, from: $0) }
        }

        var error: WireErrorCode? {
            if case .error(let error) = wire.outcome { error.code } else { nil }
        }

        var contents: [String] {
            guard case .array(let messages) = json?["messages"] else { return [] }
            return messages.compactMap { $0["content"]?.string }
        }
    }
}

func withGateway(_ body: (GatewayFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
        let fixture = try await GatewayFixture(directory: directory)
        try await body(fixture)
        try fixture.archive.close()
    }
}

extension WireScope {
    static let everything = WireScope.make {
        $0.allGuilds = true
        $0.allChannels = true
    }

    static func only(guilds: [Snowflake]? = nil, channels: [Snowflake]? = nil) -> WireScope {
        .make {
            $0.allGuilds = guilds == nil
            $0.guildIds = (guilds ?? []).map(\.rawValue)
            $0.allChannels = channels == nil
            $0.channelIds = (channels ?? []).map(\.rawValue)
        }
    }
}
