import Contracts
import NIOConcurrencyHelpers
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct GatewayClientTests {
    @Test func identifiesAndDelivers() async throws {
        let outcome = try await GatewayFixture.run { fixture in
            let peer = try #require(await fixture.gateway.connection())
            #expect(peer.uri == "/?v=10&encoding=json")
            peer.hello()
            let identify = try #require(await peer.payload())
            #expect(identify.opcode == 2)
            let members = try #require(JSONMembers(object: identify.data))
            #expect(members.plainString("token") == testToken)
            #expect(members.integer("intents") == 1 | 2 | 1 << 15)
            peer.ready(resumeURL: fixture.gateway.url)
            peer.sendInParts(#"{"t":"MESSAGE_CREATE","s":2,"op":0,"d":{"id":"5","channel_id":"7","content":"ä"}}"#)
            let ready = try #require(await fixture.dispatch())
            #expect(try ready.decode(ReadyEvent.self).user.id == Snowflake(42))
            let created = try #require(await fixture.dispatch())
            #expect(try created.decode(Message.self).content == "ä")
            #expect(created.position.sequence == 2)
            #expect(created.position.id == "s-1")
            #expect(fixture.client.metrics.state == .ready)
            #expect(fixture.client.metrics.identifies == 1)
        }
        #expect(outcome == nil)
    }

    @Test func heartbeatsAndMeasures() async throws {
        _ = try await GatewayFixture.run { fixture in
            let peer = try await fixture.becomeReady(interval: 300)
            peer.dispatch(2, "TYPING_START")
            var last: String?
            while last != "2" {
                guard case .payload(let beat) = await peer.next() else { break }
                #expect(beat.opcode == 1)
                last = String(decoding: beat.data, as: UTF8.self)
                peer.send(#"{"op": 11, "d": null}"#)
            }
            peer.send(#"{"op": 1, "d": null}"#)
            guard case .payload(let asked) = await peer.next() else { return }
            #expect(asked.opcode == 1)
            peer.send(#"{"op": 11}"#)
            peer.dispatch(3, "LAST")
            while let dispatch = await fixture.dispatch(), dispatch.name != "LAST" {}
            #expect(fixture.client.metrics.heartbeatRoundTrip != nil)
        }
    }

    @Test func resumesAfterALostConnection() async throws {
        _ = try await GatewayFixture.run { fixture in
            let first = try await fixture.becomeReady()
            first.dispatch(2, "A")
            _ = await fixture.dispatch()
            first.drop()
            let second = try await fixture.resumed(at: 2)
            #expect(second.uri == "/resume?v=10&encoding=json")
            // A replay may repeat what was delivered.
            second.dispatch(2, "A")
            second.dispatch(3, "B")
            second.dispatch(4, "RESUMED")
            let next = try #require(await fixture.dispatch())
            #expect(next.name == "B")
            let resumed = try #require(await fixture.dispatch())
            #expect(resumed.name == "RESUMED")
            #expect(resumed.position.sequence == 4)
            let metrics = fixture.client.metrics
            #expect(metrics.resumes == 1)
            #expect(metrics.identifies == 1)
            #expect(metrics.reconnects == 1)
            #expect(fixture.startLimitRequests == 1)
        }
    }

    @Test func aDeadConnectionIsReplaced() async throws {
        _ = try await GatewayFixture.run { fixture in
            let peer = try await fixture.becomeReady(interval: 400)
            var event = await peer.next()
            while case .payload = event { event = await peer.next() }
            #expect(event == .close(code: 4000))
            _ = try await fixture.resumed(at: 1)
            #expect(fixture.client.metrics.lastClose == "heartbeat not acknowledged")
        }
    }

    @Test func reconnectsWhenAsked() async throws {
        _ = try await GatewayFixture.run { fixture in
            let peer = try await fixture.becomeReady()
            peer.send(#"{"op": 7, "d": null}"#)
            #expect(await peer.next() == .close(code: 4000))
            _ = try await fixture.resumed(at: 1)
        }
    }

    @Test func aLostSessionIdentifiesAgain() async throws {
        _ = try await GatewayFixture.run { fixture in
            let first = try await fixture.becomeReady()
            first.drop()
            let second = try await fixture.resumed(at: 1)
            second.send(#"{"op": 9, "d": false}"#)
            #expect(await second.next() == .close(code: 4000))
            _ = try await fixture.becomeReady()
            #expect(fixture.startLimitRequests == 2)
            #expect(fixture.client.metrics.identifies == 2)
        }
    }

    @Test(arguments: [4007, 4009])
    func codesThatEndTheSession(code: Int) async throws {
        _ = try await GatewayFixture.run { fixture in
            try await fixture.becomeReady().close(code)
            _ = try await fixture.becomeReady()
        }
    }

    @Test(arguments: [4000, 4001, 4002, 4005, 4008, 1000, 1001, 1006])
    func codesThatKeepTheSession(code: Int) async throws {
        _ = try await GatewayFixture.run { fixture in
            try await fixture.becomeReady().close(code)
            _ = try await fixture.resumed(at: 1)
        }
    }

    @Test(arguments: [
        (4004, GatewayFailure.tokenRejected), (4010, .invalidShard(id: 0, count: 1)), (4011, .shardingRequired),
        (4012, .invalidVersion), (4013, .invalidIntents),
        (4014, .disallowedIntents(privileged: ["Server Members Intent", "Message Content Intent"])),
    ])
    func fatalCodesEndTheRun(code: Int, expected: GatewayFailure) async throws {
        // The run ends by itself; nothing reconnects.
        let outcome = try await GatewayFixture.run(endsByItself: true) { fixture in
            let peer = try #require(await fixture.gateway.connection())
            peer.hello()
            _ = await peer.payload()
            peer.close(code)
            while await peer.next() != .end {}
        }
        #expect(outcome == expected)
        #expect(!"\(expected)".contains("secret-part"))
    }

    @Test func shutdownKeepsTheSession() async throws {
        let peers = NIOLockedValueBox(ScriptedGateway.Peer?.none)
        let outcome = try await GatewayFixture.run { fixture in
            let peer = try await fixture.becomeReady()
            peers.withLockedValue { $0 = peer }
        }
        #expect(outcome == nil)
        let peer = try #require(peers.withLockedValue { $0 })
        #expect(await peer.next() == .close(code: 4000))
    }

    @Test func aStoredSessionIsResumedWithoutAskingForALimit() async throws {
        let intents: GatewayIntents = [.guilds, .guildMembers, .messageContent]
        let stored = { (url: String) in
            GatewaySession(id: "s-1", resumeURL: url + "/resume", sequence: 77, intents: intents)
        }
        _ = try await GatewayFixture.run(session: stored) { fixture in
            let peer = try await fixture.resumed(at: 77)
            peer.dispatch(78, "A")
            #expect(await fixture.dispatch()?.position.sequence == 78)
            #expect(fixture.startLimitRequests == 0)
        }
    }

    @Test func aStoredSessionWithOtherIntentsIsNot() async throws {
        let stored = { (url: String) in
            GatewaySession(id: "s-1", resumeURL: url, sequence: 77, intents: [.guilds])
        }
        _ = try await GatewayFixture.run(session: stored) { fixture in
            _ = try await fixture.becomeReady()
        }
    }

    @Test func aSlowConsumerHoldsDiscordUpButNotTheHeartbeats() async throws {
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let isOpen = NIOLockedValueBox(false)
        let buffer = DispatchBuffer(capacity: 2)
        _ = try await GatewayFixture.run(
            buffer: buffer,
            hold: {
                guard !isOpen.withLockedValue({ $0 }) else { return }
                for await _ in gate { break }
            }
        ) { fixture in
            let peer = try #require(await fixture.gateway.connection())
            peer.hello(interval: 400)
            _ = await peer.payload()
            peer.ready(resumeURL: fixture.gateway.url)
            for sequence in 2...40 { peer.dispatch(sequence, "E") }
            // On a busy machine that takes several heartbeats, and one left unanswered would end the connection.
            while !buffer.isHoldingProducer {
                guard case .payload = await peer.next() else { Issue.record("closed too early"); return }
                peer.send(#"{"op": 11}"#)
            }
            // Unanswered, but not because of Discord: no zombie.
            for _ in 0..<3 {
                guard case .payload(let beat) = await peer.next() else { Issue.record("closed"); return }
                #expect(beat.opcode == 1)
            }
            isOpen.withLockedValue { $0 = true }
            opener.finish()
            for sequence in 1...40 { #expect(await fixture.dispatch()?.position.sequence == sequence) }
        }
    }
}
