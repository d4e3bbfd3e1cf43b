import Contracts
import NIOConcurrencyHelpers
import Testing

@testable import Discord

/// What comes over a real connection: packed, cut, damaged, and in answer to requests.
@Suite(.timeLimit(.minutes(1)))
struct GatewayStreamTests {
    private static let hello = #"{"op": 10, "d": {"heartbeat_interval": 60000}, "s": null, "t": null}"#

    private static func ready(_ url: String) -> String {
        #"{"t":"READY","s":1,"op":0,"d":{"user":{"id":"42"},"session_id":"s-1","resume_gateway_url":"\#(url)/resume"}}"#
    }

    @Test(arguments: [GatewayCompression.zlibStream, .zstdStream])
    func compressedStreams(compression: GatewayCompression) async throws {
        _ = try await GatewayFixture.run(compression: compression) { fixture in
            let peer = try #require(await fixture.gateway.connection())
            #expect(peer.uri == "/?v=10&encoding=json&compress=\(compression.rawValue)")
            let stream = StreamCompressor(compression)
            peer.send(bytes: stream.pack(Array(Self.hello.utf8)))
            #expect(await peer.payload()?.opcode == 2)
            peer.send(bytes: stream.pack(Array(Self.ready(fixture.gateway.url).utf8)))
            for sequence in 2...50 {
                let text = String(repeating: "ä", count: 100)
                peer.send(
                    bytes: stream.pack(Array(#"{"t":"E","s":\#(sequence),"op":0,"d":{"content":"\#(text)"}}"#.utf8)))
            }
            for sequence in 1...50 { #expect(await fixture.dispatch()?.position.sequence == sequence) }
            let metrics = fixture.client.metrics
            #expect(metrics.payloadBytes > 3 * metrics.wireBytes)
            // Broken: a new connection begins a new stream and goes on with the session.
            peer.send(bytes: [0xDE, 0xAD, 0xBE, 0xEF])
            let second = try #require(await fixture.gateway.connection())
            #expect(second.uri == "/resume?v=10&encoding=json&compress=\(compression.rawValue)")
            let fresh = StreamCompressor(compression)
            second.send(bytes: fresh.pack(Array(Self.hello.utf8)))
            #expect(await second.payload()?.opcode == 6)
            second.send(bytes: fresh.pack(Array(#"{"t":"E","s":51,"op":0,"d":{}}"#.utf8)))
            #expect(await fixture.dispatch()?.position.sequence == 51)
            #expect(fixture.client.metrics.malformed == 1)
            #expect(fixture.client.metrics.identifies == 1)
        }
    }

    @Test func damagedPayloadsAreSurvived() async throws {
        _ = try await GatewayFixture.run { fixture in
            let peer = try await fixture.becomeReady()
            let damaged = [
                "", "nonsense", "[]", "{}", #"{"op":"0","s":2,"t":"E","d":{}}"#, #"{"op":0,"t":"E","d":{}}"#,
                #"{"op":77,"d":{"new":[1]}}"#, #"{"op":0,"s":"2","t":5,"d":null}"#,
            ]
            for text in damaged { peer.send(text) }
            peer.dispatch(2, "BRAND_NEW_EVENT", #"{"never": ["seen"]}"#)
            #expect(await fixture.dispatch()?.name == "BRAND_NEW_EVENT")
            #expect(fixture.client.metrics.malformed == damaged.count - 1, "an empty message is nothing")
            #expect(fixture.client.metrics.reconnects == 0)
        }
    }

    @Test func aPrivilegedIntentThatWasNotGrantedIsNamed() async throws {
        let outcome = try await GatewayFixture.run(
            granted: [.gatewayGuildMembersLimited, .gatewayPresence], endsByItself: true
        ) { fixture in
            let peer = try #require(await fixture.gateway.connection())
            peer.hello()
            _ = await peer.payload()
            peer.close(4014)
            while await peer.next() != .end {}
        }
        #expect(outcome == .disallowedIntents(privileged: ["Message Content Intent"]))
    }

    @Test func membersAreAskedForAndAwaited() async throws {
        _ = try await GatewayFixture.run { fixture in
            async let answer = fixture.client.requestMembers(of: Snowflake(3))
            let first = try await fixture.becomeReady()
            let lost = try #require(await first.payload())
            #expect(lost.opcode == 8)
            first.dispatch(2, "GUILD_MEMBERS_CHUNK", try Self.chunk(lost, 0, of: 3))
            #expect(await fixture.dispatch()?.name == "GUILD_MEMBERS_CHUNK")
            first.drop()
            // Asked again from the beginning on the next connection.
            let second = try await fixture.resumed(at: 2)
            second.dispatch(3, "RESUMED")
            let asked = try #require(await second.payload())
            #expect(asked.opcode == 8)
            let members = try #require(JSONMembers(object: asked.data))
            #expect(members.plainString("guild_id") == "3")
            #expect(members.plainString("query")?.isEmpty == true)
            #expect(members.integer("limit") == 0)
            for index in 0..<3 {
                second.dispatch(4 + index, "GUILD_MEMBERS_CHUNK", try Self.chunk(asked, index, of: 3))
            }
            #expect(try await answer.members == 6)
        }
    }

    private static func chunk(_ request: GatewayFrame, _ index: Int, of count: Int) throws -> String {
        let nonce = try #require(JSONMembers(object: request.data)?.plainString("nonce"))
        #expect(nonce.utf8.count <= 32)
        return
            #"{"guild_id":"3","members":[{"user":{"id":"1"}},{}],"chunk_index":\#(index),"chunk_count":\#(count),"nonce":"\#(nonce)"}"#
    }

    @Test func requestsEndWithTheClient() async throws {
        let asking = NIOLockedValueBox<Task<MemberAnswer, any Error>?>(nil)
        _ = try await GatewayFixture.run { fixture in
            let peer = try await fixture.becomeReady()
            let task = Task { try await fixture.client.requestMembers(of: Snowflake(3), .users([Snowflake(4)])) }
            asking.withLockedValue { $0 = task }
            #expect(await peer.payload()?.opcode == 8)
        }
        let task = try #require(asking.withLockedValue { $0 })
        await #expect(throws: MemberRequestFailure.stopped) { try await task.value }
    }
}
