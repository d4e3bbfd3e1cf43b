import Contracts

/// Makes the seeded community as large as a benchmark wants it.
struct SeededGrowth {
    private static let adjectives = [
        "calm", "sunny", "brave", "quiet", "salty", "blue", "early", "late", "tiny", "grand", "misty", "warm",
    ]
    private static let nouns = [
        "otter", "gull", "lantern", "anchor", "heron", "ferry", "tide", "pebble", "rudder", "seal", "buoy", "kelp",
    ]
    /// How a thousand messages spread over the open channels.
    private static let shares = [("general", 450), ("off-topic", 200), ("help", 200), ("deutsch", 150)]

    private let seeded: SeededWorld
    private let growth: SandboxGrowth
    private var random: SeededGenerator

    init(seeded: SeededWorld, growth: SandboxGrowth, random: SeededGenerator) {
        self.seeded = seeded
        self.growth = growth
        self.random = random
    }

    /// The further guilds.
    mutating func grow(_ world: inout World, until end: Timestamp) -> [Snowflake] {
        addMembers(&world)
        let extra = addChannels(&world)
        addMessages(&world, extra: extra, until: end)
        return (0..<growth.guilds).map { addGuild(number: $0 + 1, &world) }
    }

    private mutating func addMembers(_ world: inout World) {
        var members: [Member] = []
        members.reserveCapacity(growth.members)
        for number in 0..<growth.members {
            let day = Int64.random(in: -700..<900, using: &random)
            let id = SeededWorld.id(day: day, &random)
            guard world.users[id] == nil else { continue }
            let adjective = Self.adjectives[Int.random(in: 0..<Self.adjectives.count, using: &random)]
            let noun = Self.nouns[Int.random(in: 0..<Self.nouns.count, using: &random)]
            world.users[id] = User(id: id, username: "\(adjective)_\(noun)_\(number)", globalName: nil)
            var member = Member(
                userID: id,
                joinedAt: Timestamp(milliseconds: max(id.unixMilliseconds, 1_677_628_800_000) + 86_400_000))
            if number % 10 == 0 { member.roles = [seeded.role("Regular")] }
            members.append(member)
        }
        if !members.isEmpty { world.guilds[seeded.guildID]?.members.add(members) }
    }

    private mutating func addChannels(_ world: inout World) -> [Snowflake] {
        let room = World.mostChannels - (world.guilds[seeded.guildID]?.channels.count ?? 0)
        return (0..<min(growth.channels, room)).map { number in
            let id = SeededWorld.id(day: Int64(50 + number), &random)
            world.channels[id] = Channel(
                id: id, guildID: seeded.guildID, kind: .text, name: "dock-\(number + 1)", position: 100 + number)
            world.guilds[seeded.guildID]?.channels.insert(id)
            return id
        }
    }

    private mutating func addMessages(_ world: inout World, extra: [Snowflake], until end: Timestamp) {
        guard growth.messages > 0 else { return }
        let speakers = People.all.map {
            MessageArchive.Speaker(id: seeded.user($0.name), language: $0.language)
        }
        var shares = Self.shares.map { (seeded.channel($0.0), $0.1) }
        // Further channels together get as much as half of the talk.
        shares += extra.map { ($0, max(1, 1000 / max(1, extra.count))) }
        let total = shares.reduce(0) { $0 + $1.1 }
        var left = growth.messages
        for (index, share) in shares.enumerated() {
            let isLast = index == shares.count - 1
            let count = isLast ? left : growth.messages * share.1 / total
            left -= count
            let german = share.0 == seeded.channel("deutsch")
            let archive = MessageArchive(
                channelID: share.0, guildID: seeded.guildID, seed: random.next(), count: count,
                start: Timestamp(milliseconds: 1_682_899_200_000), end: end,
                speakers: german ? speakers.filter { $0.language == .german } : speakers)
            world.histories[share.0] = History(archive: archive)
            world.channels[share.0]?.lastMessageID = count > 0 ? archive.outline(at: count - 1).id : nil
        }
    }

    /// A small guild: its owner, some people and the bot, two channels.
    private mutating func addGuild(number: Int, _ world: inout World) -> Snowflake {
        let id = SeededWorld.id(day: Int64.random(in: 0..<900, using: &random), &random)
        let people = seeded.userIDs.map(\.id).shuffled(using: &random).prefix(8)
        var guild = Guild(id: id, name: "Cove \(number)", ownerID: people.first ?? seeded.botID)
        guild.roles[id] = Role(id: id, name: "@everyone", permissions: .everyday, position: 0)
        var pilot = Role(
            id: SeededWorld.id(day: 901, &random), name: "Harbor Pilot",
            permissions: Permissions.all.subtracting(.administrator), position: 1)
        pilot.botID = seeded.botID
        guild.roles[pilot.id] = pilot
        guild.members.add(people.map { Member(userID: $0, joinedAt: id.createdAt) })
        guild.members[seeded.botID] = Member(userID: seeded.botID, roles: [pilot.id], joinedAt: id.createdAt)
        for (position, name) in ["lobby", "random"].enumerated() {
            let channel = Channel(
                id: SeededWorld.id(day: 902, &random), guildID: id, kind: .text, name: name, position: position)
            world.channels[channel.id] = channel
            guild.channels.insert(channel.id)
        }
        world.guilds[id] = guild
        return id
    }
}
