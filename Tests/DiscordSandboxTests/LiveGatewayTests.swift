import AsyncHTTPClient
import Contracts
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import DiscordSandbox

@Suite(.timeLimit(.minutes(1))) struct LiveGatewayTests {
    private static func control(_ sandbox: SandboxDescription, _ path: String, _ body: JSONValue) async throws {
        var request = HTTPClientRequest(url: sandbox.restURL.replacing("/api/v10", with: "/sandbox/\(path)"))
        request.method = .POST
        request.body = .bytes(ByteBuffer(bytes: body.utf8))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        #expect(response.status.code < 300)
    }

    private static func say(_ text: String, _ sandbox: SandboxDescription) async throws {
        try await control(sandbox, "messages", ["user": "ada", "channel": "general", "content": .string(text)])
    }

    @Test func eventsArriveAndALostConnectionResumes() async throws {
        try await withSandbox { sandbox in
            var session: JSONValue = .null
            var sequence: JSONValue = .null
            try await GatewayProbe.with(sandbox) { probe in
                session = try await probe.identify(sandbox)["session_id"] ?? .null
                try await Self.say("first", sandbox)
                let event = try await probe.next(op: 0, "MESSAGE_CREATE")
                #expect(event["d"]?["content"]?.string == "first")
                sequence = event["s"] ?? .null
                try await Self.control(sandbox, "faults", ["gateway": [["do": "cut"]]])
                #expect(await probe.end() == nil)
            }
            try await Self.say("in the gap", sandbox)
            try await GatewayProbe.with(sandbox) { probe in
                _ = try await probe.next(op: 10)
                try await probe.send(6, ["token": .string(sandbox.token), "session_id": session, "seq": sequence])
                #expect(try await probe.next(op: 0)["d"]?["content"]?.string == "in the gap")
                #expect(try await probe.next(op: 0)["t"]?.string == "RESUMED")
            }
        }
    }

    @Test func controlsDisturbTheGateway() async throws {
        try await withSandbox { sandbox in
            try await GatewayProbe.with(sandbox) { probe in
                _ = try await probe.identify(sandbox)
                try await probe.send(1, nil)
                _ = try await probe.next(op: 11)
                try await Self.control(sandbox, "faults", ["gateway": [["do": "reconnect"], ["do": "heartbeat"]]])
                _ = try await probe.next(op: 7)
                _ = try await probe.next(op: 1)
                try await Self.control(sandbox, "faults", ["gateway": [["do": "invalid_session", "resumable": true]]])
                #expect(try await probe.next(op: 9)["d"]?.bool == true)
                try await Self.control(sandbox, "faults", ["gateway": [["do": "close", "code": 4009]]])
                #expect(await probe.end() == 4009)
            }
        }
    }

    @Test func silentClientsAreClosed() async throws {
        var options = SandboxOptions()
        options.heartbeatInterval = .milliseconds(80)
        try await withSandbox(options) { sandbox in
            try await GatewayProbe.with(sandbox) { probe in
                _ = try await probe.next(op: 10)
                let code = await probe.end()
                #expect(code == 4009)
            }
        }
    }

    @Test func anOldVersionIsRefused() async throws {
        try await withSandbox { sandbox in
            try await GatewayProbe.with(sandbox, query: "v=1&encoding=json") { probe in
                let code = await probe.end()
                #expect(code == 4012)
            }
        }
    }

    @Test("A connection that served REST can become a gateway") func upgradeAfterARequest() async throws {
        try await withSandbox { sandbox in
            let port = Int(sandbox.gatewayURL.split(separator: ":").last ?? "") ?? 0
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try await channel.executeThenClose { inbound, outbound in
                let asked = "GET /api/v10/gateway HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n"
                let upgrade =
                    "GET /?v=10 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                var heard = ""
                try await outbound.write(ByteBuffer(string: asked))
                for try await bytes in inbound {
                    let hadAnswer = heard.contains("ws://")
                    heard += String(buffer: bytes)
                    if !hadAnswer, heard.contains("ws://") { try await outbound.write(ByteBuffer(string: upgrade)) }
                    if heard.contains("heartbeat_interval") { break }
                }
                #expect(heard.contains("101 Switching Protocols"))
                #expect(heard.contains("heartbeat_interval"))
            }
        }
    }

    @Test func trickleKeepsTheGuildAlive() async throws {
        var options = SandboxOptions()
        options.trickle = .milliseconds(5)
        try await withSandbox(options) { sandbox in
            try await GatewayProbe.with(sandbox) { probe in
                _ = try await probe.identify(sandbox)
                _ = try await probe.next(op: 0, "MESSAGE_CREATE")
            }
        }
    }
}
