import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct ThreadTests {
    private static func started(_ bench: inout RouteBench, _ extra: JSONObject = [:]) throws -> Snowflake {
        let base: JSONObject = ["name": "Tides", "type": 11]
        let body = JSONValue.object(base.merging(extra))
        return try #require(try bench("POST", "\(bench.channel("general"))/threads", body).body?["id"]?.snowflake)
    }

    @Test func aThreadAtAMessageHasItsIDAndComesOnce() throws {
        var bench = RouteBench()
        let general = bench.seeded.channel("general")
        let message = try bench.world.say("start", as: bench.seeded.user("ada"), in: general).id
        _ = bench.world.takeEvents()
        let path = "\(bench.channel("general"))/messages/\(message)/threads"
        let made = try bench("POST", path, ["name": "Tides"], reason: "sort")
        #expect(made.status == 201 && made.body?["id"] == .id(message))
        #expect(bench.eventNames() == ["THREAD_CREATE", "GUILD_AUDIT_LOG_ENTRY_CREATE", "MESSAGE_UPDATE"])
        #expect(bench.lastAudit?.action == .threadCreate && bench.lastAudit?.reason == "sort")
        #expect(bench.refusal("POST", path, ["name": "Again"]) == .threadExists)
    }

    @Test func aPrivateThreadIsForItsMembers() throws {
        var bench = RouteBench()
        let id = try Self.started(&bench, ["type": 12])
        let ada = bench.seeded.user("ada")
        #expect(bench.refusal("POST", "/channels/\(id)/messages", ["content": "x"], as: "ada") == .missingAccess)
        #expect(bench.refusal("PUT", "/channels/\(id)/thread-members/@me", as: "ada") == .missingAccess)
        _ = bench.world.takeEvents()
        #expect(try bench("PUT", "/channels/\(id)/thread-members/\(ada)").status == 204)
        #expect(bench.eventNames() == ["THREAD_MEMBERS_UPDATE"])
        #expect(try bench("POST", "/channels/\(id)/messages", ["content": "x"], as: "ada").status == 200)
        let other = bench.seeded.user("linus")
        #expect(try bench("PUT", "/channels/\(id)/thread-members/\(other)", as: "ada").status == 204)
        let removal = "/channels/\(id)/thread-members/\(other)"
        #expect(bench.refusal("DELETE", removal, as: "ada") == .missingPermissions)
        #expect(try bench("DELETE", removal).status == 204)
        #expect(bench.refusal("GET", removal) == .unknownMember)
    }

    @Test func silenceArchivesAndAMessageOpensAgain() throws {
        var bench = RouteBench()
        let id = try Self.started(&bench, ["auto_archive_duration": 60])
        let archived = "\(bench.channel("general"))/threads/archived/public"
        func isListed() throws -> Bool {
            try bench("GET", archived).body?["threads"]?.array?.contains { $0["id"] == .id(id) } == true
        }
        bench.world.advance(to: noon + 3600)
        bench.world.letTimePass()
        #expect(try !isListed())
        bench.world.advance(to: noon + 3601)
        bench.world.letTimePass()
        #expect(try isListed())
        #expect(bench.refusal("PUT", "/channels/\(id)/thread-members/@me", as: "ada") == .archivedThread)
        #expect(try bench("POST", "/channels/\(id)/messages", ["content": "awake"], as: "ada").status == 200)
        #expect(try !isListed())
    }

    @Test func aLockedThreadIsForModerators() throws {
        var bench = RouteBench()
        let id = try Self.started(&bench)
        #expect(bench.refusal("PATCH", "/channels/\(id)", ["locked": true], as: "ada") == .missingPermissions)
        #expect(try bench("PATCH", "/channels/\(id)", ["locked": true]).status == 200)
        #expect(bench.lastAudit?.action == .threadUpdate)
        #expect(bench.refusal("POST", "/channels/\(id)/messages", ["content": "x"], as: "ada") == .threadLocked)
        #expect(try bench("POST", "/channels/\(id)/messages", ["content": "x"], as: "mateo").status == 200)
    }

    @Test func aPostHasItsFirstMessage() throws {
        var bench = RouteBench()
        let path = "\(bench.channel("ideas"))/threads"
        #expect(bench.refusal("POST", path, ["name": "Idea"])?.fields.first?.path == ["message"])
        let post = try bench("POST", path, ["name": "Idea", "message": ["content": "first"]]).body
        #expect(post?["message"]?["id"] == post?["id"] && post?["message"]?["content"] == "first")
        let tagged: JSONValue = ["name": "Idea", "message": ["content": "x"], "applied_tags": ["1"]]
        #expect(bench.refusal("POST", path, tagged)?.code == 10087)
    }

    @Test func limits() throws {
        var bench = RouteBench()
        let path = "\(bench.channel("general"))/threads"
        let odd: JSONValue = ["name": "x", "auto_archive_duration": 61]
        #expect(bench.refusal("POST", path, odd)?.fields.first?.code == "BASE_TYPE_CHOICES")
        #expect(bench.refusal("POST", path, ["name": .string(String(repeating: "x", count: 101))])?.code == 50035)
        #expect(bench.refusal("POST", "\(bench.channel("Harbor radio"))/threads", ["name": "x"]) == .wrongChannelType)
        let active = bench.world.guilds[bench.seeded.guildID].map {
            bench.world.activeThreads(in: $0, seenBy: $0.ownerID).count
        }
        for _ in try #require(active)..<World.mostActiveThreads { _ = try Self.started(&bench) }
        #expect(bench.refusal("POST", path, ["name": "x"])?.code == 160_006)
    }
}
