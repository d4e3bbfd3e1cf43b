import Contracts
import Discord
import Logging
import Testing

@testable import Moderation

/// One guild with a bot, a member and a key, and the commands that tests send.
enum World {
    static let now: Int64 = 1_790_000_000_000
    static let guild: UInt64 = 100
    static let otherGuild: UInt64 = 101
    static let channel: UInt64 = 200
    static let otherChannel: UInt64 = 201
    static let owner: UInt64 = 300
    static let bot: UInt64 = 301
    static let member: UInt64 = 302
    static let message = Snowflake(unixMilliseconds: now - 60_000).rawValue
    static let botRole: UInt64 = 400
    static let memberRole: UInt64 = 401

    static let botPermissions: Permissions = [
        .viewChannel, .sendMessages, .embedLinks, .manageMessages, .kickMembers, .banMembers, .moderateMembers,
        .readMessageHistory,
    ]

    static func id(_ number: UInt64) -> MessageID {
        MessageID(high: 0x7000, low: 0x8000_0000_0000_0000 | number)
    }

    static let everyTag = (0..<64).map { CommandTag(id(UInt64($0))) }

    static var grant: AccessGrant {
        AccessGrant(keyID: "key1", tenant: "t", name: "test", level: .admin)
    }

    /// What the gateway would answer about the guild.
    static func context(
        botPermissions: Permissions = botPermissions,
        change: (inout WireModerationContext) -> Void = { _ in }
    ) -> WireModerationContext {
        var context = WireModerationContext()
        context.guildID = guild
        context.ownerID = owner
        context.roles = [
            role(guild, position: 0), role(botRole, position: 5, botPermissions), role(memberRole, position: 2),
        ]
        context.bot = standing(bot, [botRole])
        context.target = standing(member, [memberRole])
        context.channel.id = channel
        context.channel.guildID = guild
        change(&context)
        return context
    }

    static func role(_ id: UInt64, position: Int32, _ permissions: Permissions = []) -> WireRoleState {
        var role = WireRoleState()
        role.id = id
        role.position = position
        role.permissions = permissions.rawValue
        return role
    }

    static func standing(_ user: UInt64, _ roles: [UInt64]) -> WireMemberState {
        var member = WireMemberState()
        member.userID = user
        member.roleIds = roles
        return member
    }

    static func command(tool: ToolAccess, digest: [UInt8]) -> WireCommand {
        var command = WireCommand()
        command.principal = grant.principal
        command.tool = tool.name
        command.argumentsDigest = .init(digest)
        return command
    }

    static func send(_ content: String = "hello", channel: UInt64 = channel, digest: [UInt8] = [1]) -> WireCommand {
        var command = command(tool: .sendMessage, digest: digest)
        command.sendMessage.channelID = channel
        command.sendMessage.content = content
        return command
    }

    static func moderate(
        _ action: WireModerationAction,
        targets: [UInt64] = [member],
        digest: [UInt8] = [2],
        change: (inout WireModerateContent) -> Void = { _ in }
    ) -> WireCommand {
        var command = command(tool: .moderateContent, digest: digest)
        command.moderateContent.action = action
        command.moderateContent.guildID = guild
        command.moderateContent.targetIds = targets
        command.moderateContent.reason = "spam"
        if action == .timeoutUser { command.moderateContent.timeoutSeconds = 600 }
        if [.deleteMessage, .deleteMessagesBulk].contains(action) { command.moderateContent.channelID = channel }
        change(&command.moderateContent)
        return command
    }

    static let bulkTargets = [message, message + 1, message + 2]

    /// One command of each kind.
    static let everyCommand: [NamedCommand] = [
        NamedCommand("send", send()), NamedCommand("delete", moderate(.deleteMessage, targets: [message])),
        NamedCommand("bulk delete", moderate(.deleteMessagesBulk, targets: bulkTargets)),
        NamedCommand("kick", moderate(.kickUser)), NamedCommand("ban", moderate(.banUser)),
        NamedCommand("time out", moderate(.timeoutUser)),
    ]

    static func request(
        _ command: WireCommand, id number: UInt64 = 1, deadline: CommandDeadline = now + 10_000
    ) -> CommandRequest {
        CommandRequest(id: id(number), deadline: deadline, command: command)
    }
}

/// A command that test output can name.
struct NamedCommand: Sendable, CustomTestStringConvertible {
    let name: String
    let command: WireCommand

    init(_ name: String, _ command: WireCommand) {
        self.name = name
        self.command = command
    }

    var testDescription: String { name }
}

/// The keys that exist; nil: they cannot be read.
actor FakeGrants: GrantDirectory {
    private var grants: [AccessGrant]?

    init(_ grants: [AccessGrant]? = [World.grant]) { self.grants = grants }

    func set(_ grants: [AccessGrant]?) { self.grants = grants }

    func grant(for principal: WirePrincipal) async throws(WireError) -> AccessGrant? {
        guard let grants else { throw WireError(.unavailable, "Redis is away") }
        return grants.first { $0.keyID == principal.keyID }
    }
}

/// What the gateway answers.
actor FakeGuilds: GuildKnowledge {
    private var context: WireModerationContext

    init(_ context: WireModerationContext = World.context()) { self.context = context }

    func set(_ context: WireModerationContext) { self.context = context }

    func moderationContext(
        guild: Snowflake?, channel: Snowflake?, user: Snowflake?
    ) async throws(WireError) -> WireModerationContext {
        context
    }
}

/// A service over a real ledger file and fakes of everything else.
struct Fixture {
    let ledger: CommandLedger
    let journal: FakeJournal
    let grants = FakeGrants()
    let guilds = FakeGuilds()
    let discord: FakeDiscord
    let service: ModerationService

    init(
        directory: String,
        ceiling: OperatorCeiling = OperatorCeiling(),
        state: GuildState = GuildState(),
        records: [WireAuditRecord] = []
    ) throws {
        journal = FakeJournal(records)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ledger = try CommandLedger(path: directory + "/ledger.sqlite", logger: logger)
        discord = FakeDiscord(state)
        service = ModerationService(
            ledger: ledger, journal: journal, grants: grants, guilds: guilds, discord: discord, ceiling: ceiling,
            now: { World.now }, logger: logger)
    }

    /// Another executor over the same ledger, at that time (unix milliseconds).
    func service(at time: Int64) -> ModerationService {
        ModerationService(
            ledger: ledger, journal: journal, grants: grants, guilds: guilds, discord: discord,
            ceiling: OperatorCeiling(), now: { time }, logger: service.logger)
    }
}
