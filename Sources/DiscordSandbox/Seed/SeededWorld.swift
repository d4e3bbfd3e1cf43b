import Contracts

/// The guild "Harbor": the same ids for the same seed, and the same history for the same seed and day.
struct SeededWorld: Sendable {
    let guildID: Snowflake
    let botID: Snowflake
    let botToken: String
    let ownerToken: String
    /// In the order of the documentation; names are the keys of the ready file.
    private(set) var channelIDs: [(name: String, id: Snowflake)] = []
    private(set) var roleIDs: [(name: String, id: Snowflake)] = []
    private(set) var userIDs: [(name: String, id: Snowflake)] = []
    private(set) var otherGuildIDs: [Snowflake] = []
    let clientSecret: String
    private(set) var world: World

    /// Written as `world`'s state is built: ids of things that are older than the history.
    private var random: SeededGenerator
    /// 2023-03-01, when the guild was founded.
    private static let founded = Timestamp(milliseconds: 1_677_628_800_000)

    init(
        seed: UInt64, now: Timestamp, growth: SandboxGrowth = SandboxGrowth(), intents: Intents = .privileged
    ) {
        random = SeededGenerator(seed: seed)
        world = World(now: Self.founded)
        guildID = Self.id(day: 0, &random)
        botID = Self.id(day: -40, &random)
        let owner = Self.id(day: -900, &random)
        botToken = Self.token(botID, "sandbox.bot-token-of-seed-\(seed)")
        ownerToken = Self.token(owner, "sandbox.owner-token-of-seed-\(seed)")
        clientSecret = "sandbox-client-secret-of-seed-\(seed)"
        world.guilds[guildID] = Guild(id: guildID, name: "Harbor", ownerID: owner)
        addRoles()
        addPeople(owner: owner)
        addChannels()
        world.logins = Logins(clientID: botID, clientSecret: clientSecret)
        world.accounts[botToken] = Account(userID: botID, privilegedIntents: intents)
        world.accounts[ownerToken] = Account(userID: owner, privilegedIntents: [])
        var grown = SeededGrowth(seeded: self, growth: growth, random: SeededGenerator(seed: seed ^ 0x6702))
        otherGuildIDs = grown.grow(
            &world, until: now.startOfDay + -Double(SeededHistory.days) * Timestamp.secondsPerDay)
        var history = SeededHistory(seeded: self, random: random)
        history.write(into: &world, until: now.startOfDay)
        world.advance(to: now)
        world.beginCounting()
    }

    func user(_ name: String) -> Snowflake { userIDs.first { $0.name == name }?.id ?? botID }
    func channel(_ name: String) -> Snowflake { channelIDs.first { $0.name == name }?.id ?? guildID }
    func role(_ name: String) -> Snowflake { roleIDs.first { $0.name == name }?.id ?? guildID }

    static func id(day: Int64, _ random: inout SeededGenerator) -> Snowflake {
        let time = founded.milliseconds + day * 86_400_000 + Int64.random(in: 0..<86_400_000, using: &random)
        return Snowflake(Snowflake(unixMilliseconds: time).rawValue | UInt64.random(in: 0..<4096, using: &random))
    }

    /// Shaped like a Discord token: libraries read the id from its first part.
    private static func token(_ id: Snowflake, _ rest: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        let bytes = Array(id.description.utf8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for index in 0...group.count { text.append(alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 63)]) }
        }
        return "\(text).\(rest)"
    }

    private mutating func addRoles() {
        let moderator: Permissions = [
            .kickMembers, .banMembers, .manageMessages, .moderateMembers, .viewAuditLog, .manageNicknames,
            .manageThreads,
            .pinMessages, .mentionEveryone,
        ]
        let bot = Permissions.all.subtracting(.administrator)
        let everyone = Role(id: guildID, name: "@everyone", permissions: .everyday, position: 0)
        world.guilds[guildID]?.roles[guildID] = everyone
        let plan: [(name: String, permissions: Permissions, color: Int)] = [
            ("Regular", [], 0x95A5A6), ("Helper", [.manageMessages], 0x3498DB), ("Moderator", moderator, 0x2ECC71),
            ("Harbor Pilot", bot, 0xE67E22), ("Admin", .administrator, 0xE74C3C),
        ]
        for (index, entry) in plan.enumerated() {
            var role = Role(
                id: Self.id(day: Int64(index + 1), &random), name: entry.name, permissions: entry.permissions,
                position: index + 1, color: entry.color, hoist: true)
            if entry.name == "Harbor Pilot" { role.botID = botID }
            world.guilds[guildID]?.roles[role.id] = role
            roleIDs.append((entry.name, role.id))
        }
    }

    private mutating func addPeople(owner: Snowflake) {
        for (index, person) in People.all.enumerated() {
            let id = person.name == People.owner ? owner : Self.id(day: -800 + Int64(index) * 12, &random)
            world.users[id] = User(id: id, username: person.name, globalName: person.shown)
            userIDs.append((person.name, id))
            addMember(id, roles: person.role.map { [role($0)] } ?? [], day: Int64(index))
        }
        world.users[botID] = User(id: botID, username: "Harbor Pilot", globalName: nil, isBot: true)
        addMember(botID, roles: [role("Harbor Pilot")], day: 1)
    }

    private mutating func addMember(_ id: Snowflake, roles: [Snowflake], day: Int64) {
        let joined = Timestamp(milliseconds: Self.founded.milliseconds + day * 3_600_000)
        world.guilds[guildID]?.members[id] = Member(userID: id, roles: roles, joinedAt: joined)
    }

    private mutating func addChannels() {
        let closed = Overwrite(id: guildID, target: .role, allow: [], deny: .viewChannel)
        let quiet = Overwrite(id: guildID, target: .role, allow: [], deny: .sendMessages)
        func open(_ role: Snowflake) -> Overwrite {
            Overwrite(id: role, target: .role, allow: [.viewChannel, .sendMessages], deny: [])
        }
        let crew = [open(role("Moderator")), open(role("Harbor Pilot"))]
        let lobby = addChannel("Quay", .category)
        addChannel("general", .text, "Talk of the harbor", under: lobby, listed: true)
        addChannel("help", .text, "Ask, and be patient", under: lobby, listed: true)
        addChannel("off-topic", .text, "Everything else", under: lobby, listed: true)
        addChannel("deutsch", .text, "Für alle, die lieber Deutsch schreiben", under: lobby, listed: true)
        addChannel("announcements", .announcement, "News", under: lobby, [quiet] + crew, listed: true)
        let deck = addChannel("Deck", .category)
        addChannel("mod-log", .text, "What the moderators did", under: deck, [closed] + crew, listed: true)
        // Closed to everyone but administrators, the bot included.
        addChannel("staff-lounge", .text, "Admins only", under: deck, [closed], listed: true)
        addChannel("Harbor radio", .voice, under: deck, listed: true)
        let ideas = addChannel("ideas", .forum, "One idea, one post", under: lobby, listed: true)
        world.channels[ideas]?.availableTags = [
            ForumTag(id: Self.id(day: 40, &random), name: "open", emojiName: "💡"),
            ForumTag(id: Self.id(day: 41, &random), name: "done", isModerated: true, emojiName: "✅"),
        ]
        addChannel("Harbor stage", .stage, under: deck, listed: true)
    }

    @discardableResult
    private mutating func addChannel(
        _ name: String, _ kind: Channel.Kind, _ topic: String? = nil, under parent: Snowflake? = nil,
        _ overwrites: [Overwrite] = [], listed: Bool = false
    ) -> Snowflake {
        let position = world.channels.count
        let id = Self.id(day: 10 + Int64(position), &random)
        world.channels[id] = Channel(
            id: id, guildID: guildID, kind: kind, name: name, topic: topic, position: position, parentID: parent,
            overwrites: overwrites)
        world.guilds[guildID]?.channels.insert(id)
        if listed { channelIDs.append((name, id)) }
        return id
    }
}
