import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct AccessTests {
    let seeded = SeededWorld(seed: 1, now: noon)

    @Test(
        "Nobody acts on someone of the same or a higher rank",
        arguments: [
            ("bot", "ada", true), ("bot", "mateo", true), ("bot", "grace", false), ("bot", "noor", false),
            ("mateo", "ada", true), ("mateo", "yuki", false), ("mateo", "bot", false), ("grace", "bot", true),
            ("grace", "noor", false), ("noor", "grace", true), ("ada", "linus", false),
        ])
    func kickHierarchy(actor: String, target: String, isAllowed: Bool) {
        var world = seeded.world
        let targetID = target == "bot" ? seeded.botID : seeded.user(target)
        let error = failure { () throws(APIError) in
            try world.kick(targetID, from: seeded.guildID, by: .init(actor, in: seeded))
        }
        #expect(error == (isAllowed ? nil : .missingPermissions))
        #expect((world.guilds[seeded.guildID]?.members[targetID] == nil) == isAllowed)
    }

    @Test(
        "Channels open and close by overwrites",
        arguments: [
            ("general", "ada", true, true), ("general", "bot", true, true), ("announcements", "ada", true, false),
            ("announcements", "bot", true, true), ("mod-log", "ada", false, false), ("mod-log", "mateo", true, true),
            ("mod-log", "bot", true, true), ("staff-lounge", "bot", false, false),
            ("staff-lounge", "grace", true, true),
        ])
    func overwrites(channel: String, who: String, reads: Bool, writes: Bool) throws {
        let channel = try #require(seeded.world.channels[seeded.channel(channel)])
        let granted = seeded.world.permissions(of: who == "bot" ? seeded.botID : seeded.user(who), in: channel)
        #expect(granted.contains(.viewChannel) == reads)
        #expect(granted.contains(.sendMessages) == writes)
    }

    @Test func aTimedOutMemberReadsAndDoesNotSpeak() throws {
        var world = seeded.world
        let ada = seeded.user("ada")
        let change = World.MemberChange(timedOutUntil: .some(noon + 60))
        _ = try world.changeMember(ada, in: seeded.guildID, by: .init("bot", in: seeded), change)
        #expect(
            failure { () throws(APIError) in _ = try world.say("hi", as: ada, in: seeded.channel("general")) }
                == .missingPermissions)
        let channel = try #require(world.channels[seeded.channel("general")])
        #expect(world.permissions(of: ada, in: channel) == [.viewChannel, .readMessageHistory])
        world.advance(to: noon + 61)
        #expect(
            failure { () throws(APIError) in _ = try world.say("hi", as: ada, in: seeded.channel("general")) } == nil)
    }

    @Test("A time-out is refused for administrators and beyond 28 days") func timeoutLimits() {
        var world = seeded.world
        func error(_ who: String, days: Double) -> Int? {
            failure { () throws(APIError) in
                let change = World.MemberChange(timedOutUntil: .some(noon + days * Timestamp.secondsPerDay))
                _ = try world.changeMember(seeded.user(who), in: seeded.guildID, by: .init("noor", in: seeded), change)
            }?.code
        }
        #expect(error("ada", days: 28) == nil)
        #expect(error("ada", days: 28.1) == 50035)
        #expect(error("grace", days: 1) == 50013)
    }

    @Test(
        "Roles are given only by those above them",
        arguments: [("Regular", true), ("Moderator", true), ("Harbor Pilot", false), ("Admin", false)])
    func roleGrants(role: String, isAllowed: Bool) {
        var world = seeded.world
        let error = failure { () throws(APIError) in
            try world.setRole(
                seeded.role(role), given: true, to: seeded.user("ada"), in: seeded.guildID, by: .init("bot", in: seeded)
            )
        }
        #expect((error == nil) == isAllowed)
    }

    @Test func nobodyHandsOutWhatTheyDoNotHave() {
        var world = seeded.world
        let error = failure { () throws(APIError) in
            _ = try world.createRole(
                .init(name: "x", permissions: .administrator), in: seeded.guildID, by: .init("bot", in: seeded))
        }
        #expect(error == .missingPermissions)
    }
}
