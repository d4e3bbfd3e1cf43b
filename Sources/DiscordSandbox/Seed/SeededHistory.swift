import Contracts

/// Four weeks of talk before the present day.
struct SeededHistory {
    static let days = 28
    private static let messages = 600
    private static let emojis = ["👍", "🎉", "❤️", "👀", "⚓"]

    private let seeded: SeededWorld
    private var random: SeededGenerator

    init(seeded: SeededWorld, random: SeededGenerator) {
        self.seeded = seeded
        self.random = random
    }

    mutating func write(into world: inout World, until end: Timestamp) {
        let start = end.milliseconds - Int64(Self.days) * 86_400_000
        let times = (0..<Self.messages).map { _ in Int64.random(in: start..<end.milliseconds, using: &random) }.sorted()
        for (index, time) in times.enumerated() {
            world.advance(to: Timestamp(milliseconds: time))
            let (channel, author, text) = line(in: world)
            say(text, as: author, in: channel, &world)
            if index == 40 || index == 300 { pinLatest(in: channel, &world) }
            if index == 200 { punish(&world) }
        }
    }

    private mutating func line(in world: World) -> (channel: Snowflake, author: Snowflake, text: String) {
        func author(_ wanted: (People.Person) -> Bool) -> (People.Person, Snowflake) {
            let candidates = People.all.filter(wanted)
            let person = candidates[Int.random(in: 0..<candidates.count, using: &random)]
            return (person, seeded.user(person.name))
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4:
            return (seeded.channel("announcements"), author { $0.role == "Moderator" }.1, pick(Phrases.announcements))
        case 4..<9:
            return (seeded.channel("mod-log"), author { $0.role == "Moderator" }.1, pick(Phrases.moderatorNotes))
        case 9..<11: return (seeded.channel("staff-lounge"), author { $0.role == "Admin" }.1, pick(Phrases.staffNotes))
        case 11..<22: return (seeded.channel("help"), author { $0.role == nil }.1, pick(Phrases.questions))
        case 22..<32: return (seeded.channel("help"), author { $0.role != nil }.1, pick(Phrases.answers))
        case 32..<42: return (seeded.channel("deutsch"), author { $0.language == .german }.1, pick(Phrases.german))
        case let roll:
            let (person, id) = author { _ in true }
            return (seeded.channel(roll < 80 ? "general" : "off-topic"), id, pick(Phrases.small(person.language)))
        }
    }

    private mutating func pick(_ phrases: [String]) -> String {
        phrases[Int.random(in: 0..<phrases.count, using: &random)]
    }

    private mutating func say(_ text: String, as author: Snowflake, in channelID: Snowflake, _ world: inout World) {
        guard let channel = world.channels[channelID] else { return }
        let previous = world.histories[channelID]?.last
        var message = Message(
            id: world.mintID(), channelID: channelID, guildID: channel.guildID, author: .user(author), content: text)
        if let previous, previous.author.id != author, Int.random(in: 0..<6, using: &random) == 0 {
            message.kind = .reply
            message.reference = Message.Reference(messageID: previous.id, channelID: channelID)
            message.mentions.users = [previous.author.id]
        }
        if Int.random(in: 0..<8, using: &random) == 0 {
            let fans = seeded.userIDs.map(\.id).filter { $0 != author }
            let count = Int.random(in: 1...5, using: &random)
            let users = (0..<count).map { _ in fans[Int.random(in: 0..<fans.count, using: &random)] }
            let name = Self.emojis[Int.random(in: 0..<Self.emojis.count, using: &random)]
            message.reactions = [.init(emoji: .init(id: nil, name: name), users: Set(users).sorted())]
        }
        if Int.random(in: 0..<25, using: &random) == 0 { message.editedAt = world.now + 30 }
        world.store(message, in: channel)
    }

    private func pinLatest(in channelID: Snowflake, _ world: inout World) {
        guard let id = world.histories[channelID]?.last?.id else { return }
        world.histories[channelID]?[id]?.pinnedAt = world.now
        world.channels[channelID]?.lastPinAt = world.now
    }

    /// A spammer of the past, so that the ban list and the audit log are not empty.
    private mutating func punish(_ world: inout World) {
        let spammer = Snowflake(world.guilds.keys.min().map { $0.rawValue + 4_194_304 } ?? 1)
        world.users[spammer] = User(id: spammer, username: "free_gifts_now", globalName: nil)
        world.guilds[seeded.guildID]?.bans[spammer] = Ban(userID: spammer, reason: "Scam links")
        world.audit(
            .memberBanAdd, in: seeded.guildID, by: World.Actor(id: seeded.user("mateo"), reason: "Scam links"),
            target: spammer)
        world.audit(
            .memberKick, in: seeded.guildID, by: World.Actor(id: seeded.user("frieda"), reason: "Asked to leave twice"),
            target: spammer)
    }
}
