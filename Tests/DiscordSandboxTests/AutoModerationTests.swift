import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct AutoModerationTests {
    private static func rule(
        _ bench: RouteBench, _ keywords: [JSONValue] = ["badword"], extra: JSONObject = [:]
    ) -> JSONValue {
        let base: JSONObject = [
            "name": "Words", "event_type": 1, "trigger_type": 1, "enabled": true,
            "trigger_metadata": ["keyword_filter": .array(keywords)],
            "actions": [["type": 1, "metadata": ["custom_message": "Mind your words"]]],
        ]
        return .object(base.merging(extra))
    }

    @Test func aRuleIsMadeChangedAndDeleted() throws {
        var bench = RouteBench()
        let rules = "\(bench.guild)/auto-moderation/rules"
        let made = try bench("POST", rules, Self.rule(bench), reason: "peace")
        #expect(made.status == 200 && made.body?["creator_id"] == .id(bench.seeded.botID))
        #expect(bench.eventNames() == ["AUTO_MODERATION_RULE_CREATE", "GUILD_AUDIT_LOG_ENTRY_CREATE"])
        #expect(bench.lastAudit?.action == .autoModerationRuleCreate && bench.lastAudit?.reason == "peace")
        let id = try #require(made.body?["id"]?.string)
        #expect(try bench("PATCH", "\(rules)/\(id)", ["name": "New"]).body?["name"] == "New")
        #expect(bench.lastAudit?.changes == [.init(key: "name", old: "Words", new: "New")])
        #expect(try bench("DELETE", "\(rules)/\(id)").status == 204)
        #expect(bench.lastAudit?.action == .autoModerationRuleDelete)
        #expect(bench.refusal("GET", "\(rules)/\(id)") == .unknownRule)
    }

    @Test func aHitBlocksAlertsAndTimesOut() throws {
        var bench = RouteBench()
        let (general, log) = (bench.seeded.channel("general"), bench.seeded.channel("mod-log"))
        let ada = bench.seeded.user("ada")
        let actions: JSONValue = [
            ["type": 1, "metadata": ["custom_message": "Mind your words"]],
            ["type": 2, "metadata": ["channel_id": .id(log)]], ["type": 3, "metadata": ["duration_seconds": 60]],
        ]
        _ = try bench("POST", "\(bench.guild)/auto-moderation/rules", Self.rule(bench, extra: ["actions": actions]))
        _ = bench.world.takeEvents()
        let before = bench.world.histories[general]?.count
        let refusal = bench.refusal(
            "POST", "\(bench.channel("general"))/messages", ["content": "a BADWORD!"], as: "ada")
        #expect(refusal?.code == 200_000 && refusal?.fields.first?.message == "Mind your words")
        #expect(bench.world.histories[general]?.count == before)
        let events = bench.world.takeEvents()
        #expect(events.count { $0.name == "AUTO_MODERATION_ACTION_EXECUTION" } == 3)
        #expect(events.contains { $0.name == "GUILD_MEMBER_UPDATE" })
        let execution = try #require(events.first { $0.name == "AUTO_MODERATION_ACTION_EXECUTION" }?.data)
        #expect(execution["matched_keyword"] == "badword" && execution["message_id"] == nil)
        let alert = bench.world.histories[log]?.before(Snowflake(.max), limit: 1).first
        #expect(alert?.kind == .autoModerationAlert && alert?.author.id == ada)
        #expect(
            bench.world.guilds[bench.seeded.guildID]?.auditLog.suffix(3).map(\.action) == [
                .autoModerationBlock, .autoModerationFlag, .autoModerationTimeout,
            ])
        let muted = bench.refusal("POST", "\(bench.channel("general"))/messages", ["content": "sorry"], as: "ada")
        #expect(muted == .missingPermissions)
        bench.world.advance(to: noon + 61)
        #expect(
            try bench("POST", "\(bench.channel("general"))/messages", ["content": "sorry"], as: "ada").status == 200)
    }

    @Test("Managers, exempt roles and exempt channels say what they want")
    func exemptions() throws {
        var bench = RouteBench()
        let extra: JSONObject = [
            "exempt_roles": [.id(bench.seeded.role("Helper"))],
            "exempt_channels": [.id(bench.seeded.channel("off-topic"))],
        ]
        _ = try bench("POST", "\(bench.guild)/auto-moderation/rules", Self.rule(bench, extra: extra))
        func code(_ name: String, _ channel: String) -> Int? {
            bench.refusal("POST", "\(bench.channel(channel))/messages", ["content": "badword"], as: name)?.code
        }
        #expect(code("ada", "general") == 200_000)
        #expect(code("mateo", "general") == 200_000)
        #expect(code("ada", "off-topic") == nil)
        #expect(code("grace", "general") == nil && code("bot", "general") == nil)
        let helper = try #require(
            bench.world.guilds[bench.seeded.guildID]?.members.values.first {
                $0.roles == [bench.seeded.role("Helper")]
            })
        let name = try #require(bench.seeded.userIDs.first { $0.id == helper.userID }?.name)
        #expect(code(name, "general") == nil)
    }

    @Test(
        "Stars open the ends of a word",
        arguments: [
            ("cat", "a cat.", true), ("cat", "concat", false), ("cat", "cats", false), ("cat*", "cats", true),
            ("cat*", "concat", false), ("*cat", "concat", true), ("*cat", "cats", false), ("*cat*", "c at", false),
            ("*cat*", "concats", true), ("CAT", "Cat", true),
        ])
    func keywords(keyword: String, text: String, isHit: Bool) {
        let message = Message(
            id: .none, channelID: .none, guildID: .none, author: .user(.none), content: text)
        let rule: JSONObject = ["trigger_type": 1, "trigger_metadata": ["keyword_filter": [.string(keyword)]]]
        #expect((AutoModerationMatch(rule, message: message, recent: []) != nil) == isHit)
    }

    @Test func rulesAreForManagersAndFew() throws {
        var bench = RouteBench()
        let rules = "\(bench.guild)/auto-moderation/rules"
        #expect(bench.refusal("POST", rules, Self.rule(bench), as: "mateo") == .missingPermissions)
        #expect(bench.refusal("GET", rules, as: "ada") == .missingPermissions)
        for _ in 0..<6 { _ = try bench("POST", rules, Self.rule(bench)) }
        let seventh = bench.refusal("POST", rules, Self.rule(bench))
        #expect(seventh?.code == 50035)
        #expect(seventh?.fields.first?.code == "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED")
        let timeout: JSONValue = [["type": 3, "metadata": ["duration_seconds": 60]]]
        let preset = Self.rule(bench, extra: ["trigger_type": 4, "actions": timeout])
        #expect(bench.refusal("POST", rules, preset)?.fields.first?.code == "AUTO_MODERATION_ACTION_INVALID")
    }
}
