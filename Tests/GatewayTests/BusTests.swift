import Archive
import Bus
import Contracts
import Ingestion
import Logging
import TestSupport
import Testing

@testable import Gateway

/// The way of a query through real sockets.
@Suite(.timeLimit(.minutes(1))) struct BusTests {
    @Test func queriesAreAnsweredOverTheBus() async throws {
        try await withGateway { gateway in
            try await gateway.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(), Dispatches.message(1, "over the bus", sequence: 3),
            ])
            try await withTemporaryDirectory { directory in
                let reactor = try BusReactor()
                let address = BusAddresses(directory: directory).queries
                let queries = gateway.queries()
                let server = try BusServer(reactor: reactor, address: address, logger: Logger(label: "test")) {
                    await queries.respond(to: $0)
                }
                let client = try BusClient(reactor: reactor, address: address, configuration: .queries)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await server.run() }
                    let query = WireQuery.make {
                        $0.scope = .everything
                        $0.getMessages.channelID = Guild1.general.rawValue
                        $0.getMessages.limit = 5
                    }
                    let answer = try await client.request(
                        kind: .query, body: query.wireBytes, id: MessageID(high: 5, low: 6),
                        deadline: GatewayFixture.now + 60_000)
                    let reply = try WireQueryReply(wireBytes: answer.body)
                    #expect(reply.answer.text.contains("Ada| over the bus"))
                    #expect(answer.attachment?.isEmpty == false)
                    server.drain()
                    try await group.waitForAll()
                }
                await reactor.shutdown()
            }
        }
    }
}
