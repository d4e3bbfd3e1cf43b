import Contracts
import NIOHTTP1
import Testing

@testable import DiscordSandbox

@Suite struct WebhookTests {
    private static func made(
        _ bench: inout RouteBench, in channel: String = "general"
    ) throws -> (id: String, path: String) {
        let body = try bench("POST", "\(bench.channel(channel))/webhooks", ["name": "Relay"], reason: "feed").body
        let id = try #require(body?["id"]?.string)
        return (id, "/webhooks/\(id)/\(try #require(body?["token"]?.string))")
    }

    @Test func aWebhookIsMadeMovedAndDeleted() throws {
        var bench = RouteBench()
        let (id, path) = try Self.made(&bench)
        #expect(bench.eventNames() == ["WEBHOOKS_UPDATE", "GUILD_AUDIT_LOG_ENTRY_CREATE"])
        #expect(bench.lastAudit?.action == .webhookCreate && bench.lastAudit?.reason == "feed")
        let help = JSONValue.id(bench.seeded.channel("help"))
        #expect(try bench("PATCH", "/webhooks/\(id)", ["channel_id": help]).body?["channel_id"] == help)
        // A token alone does not move it.
        let general = JSONValue.id(bench.seeded.channel("general"))
        #expect(try bench("PATCH", path, ["channel_id": general], as: nil).body?["channel_id"] == help)
        let shown = try bench("GET", path, as: nil).body
        #expect(shown?["name"] == "Relay" && shown?["user"] == nil)
        #expect(try bench("DELETE", path, as: nil).status == 204)
        #expect(bench.lastAudit?.action == .webhookDelete)
        #expect(bench.refusal("GET", path, as: nil) == .unknownWebhook)
    }

    @Test func itsTokenIsEnoughToSpeakEditAndDelete() throws {
        var bench = RouteBench()
        let (id, path) = try Self.made(&bench)
        _ = bench.world.takeEvents()
        let said = try bench("POST", "\(path)?wait=true", ["content": "one", "username": "Tide"], as: nil)
        #expect(said.status == 200 && said.body?["webhook_id"]?.string == id)
        #expect(said.body?["author"]?["username"] == "Tide")
        #expect(bench.eventNames() == ["MESSAGE_CREATE"])
        #expect(try bench("POST", path, ["content": "two"], as: nil) == .noContent)
        let message = "\(path)/messages/\(try #require(said.body?["id"]?.string))"
        #expect(try bench("PATCH", message, ["content": "changed"], as: nil).body?["content"] == "changed")
        #expect(try bench("DELETE", message, as: nil).status == 204)
        #expect(bench.refusal("GET", message, as: nil) == .unknownMessage)
    }

    @Test func itTouchesOnlyItsOwnMessages() throws {
        var bench = RouteBench()
        let (_, path) = try Self.made(&bench)
        let (_, other) = try Self.made(&bench)
        let said = try bench("POST", "\(other)?wait=true", ["content": "mine"], as: nil).body?["id"]?.string
        let id = try #require(said)
        #expect(bench.refusal("DELETE", "\(path)/messages/\(id)", as: nil) == .unknownMessage)
        let elsewhere = "\(path)?thread_id=\(bench.seeded.channel("help"))"
        #expect(bench.refusal("POST", elsewhere, ["content": "x"], as: nil) == .unknownChannel)
    }

    @Test func aForumWantsATitle() throws {
        var bench = RouteBench()
        let (id, path) = try Self.made(&bench, in: "ideas")
        #expect(bench.refusal("POST", path, ["content": "x"], as: nil)?.fields.first?.path == ["thread_name"])
        _ = bench.world.takeEvents()
        let post = try bench("POST", "\(path)?wait=true", ["content": "x", "thread_name": "Tides"], as: nil).body
        #expect(bench.eventNames() == ["THREAD_CREATE", "MESSAGE_CREATE"])
        let thread = bench.world.channels[try #require(post?["channel_id"]?.snowflake)]
        #expect(thread?.name == "Tides" && thread?.thread?.ownerID.description == id)
    }

    @Test func refusals() throws {
        var bench = RouteBench()
        let (id, _) = try Self.made(&bench)
        let list = "\(bench.channel("general"))/webhooks"
        #expect(bench.refusal("POST", list, ["name": "x"], as: "ada") == .missingPermissions)
        #expect(bench.refusal("GET", list, as: nil) == .unauthorized)
        #expect(bench.refusal("POST", "/webhooks/\(id)/wrong", ["content": "x"], as: nil) == .invalidWebhookToken)
        #expect(bench.refusal("POST", list, ["name": "My Discord"])?.code == 50035)
        for _ in 1..<15 { _ = try Self.made(&bench) }
        #expect(bench.refusal("POST", list, ["name": "one more"])?.code == 30007)
        _ = try Self.made(&bench, in: "help")
    }

    @Test("Whoever asks for dead webhooks again and again is shut out") func deadWebhooks() async {
        let call = SandboxCaller()
        for _ in 0...RateLimiter.deadWebhookLimit {
            #expect(await call(.GET, "/api/v10/webhooks/1/gone").status == 404)
        }
        let answer = await call(.GET, "/api/v10/webhooks/1/gone")
        #expect(answer.status == 429 && answer.header("Via") == nil)
        #expect(await call.asBot(.GET, "/users/@me").status == 200)
    }
}
