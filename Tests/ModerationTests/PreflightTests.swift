import Contracts
import Discord
import Testing

@testable import Moderation

@Suite struct PreflightTests {
    private func check(_ command: WireCommand, in context: WireModerationContext) throws -> Preflight.Condition? {
        let order = try CommandOrder(command, nowUnixMilliseconds: World.now)
        return try Preflight(context, nowUnixMilliseconds: World.now).check(order)
    }

    private func refusal(_ command: WireCommand, in context: WireModerationContext) -> WireError? {
        #expect(throws: WireError.self) { try check(command, in: context) }
    }

    @Test(arguments: World.everyCommand)
    func everythingIsAllowedToABotWithAllItNeeds(named: NamedCommand) throws {
        #expect(try check(named.command, in: World.context()) == nil)
    }

    struct Need: Sendable, CustomTestStringConvertible {
        let command: WireCommand
        let permission: Permissions
        let name: String

        var testDescription: String { name }
    }

    static let embedded: WireCommand = {
        var command = World.send()
        command.sendMessage.embedJson = .init(Array(#"{"title":"t"}"#.utf8))
        return command
    }()

    static let needs = [
        Need(command: World.send(), permission: .viewChannel, name: "VIEW_CHANNEL"),
        Need(command: World.send(), permission: .sendMessages, name: "SEND_MESSAGES"),
        Need(command: embedded, permission: .embedLinks, name: "EMBED_LINKS"),
        Need(command: World.moderate(.kickUser), permission: .kickMembers, name: "KICK_MEMBERS"),
        Need(command: World.moderate(.banUser), permission: .banMembers, name: "BAN_MEMBERS"),
        Need(command: World.moderate(.timeoutUser), permission: .moderateMembers, name: "MODERATE_MEMBERS"),
        Need(
            command: World.moderate(.deleteMessagesBulk, targets: World.bulkTargets), permission: .manageMessages,
            name: "MANAGE_MESSAGES"),
        Need(command: World.moderate(.deleteMessage, targets: [1]), permission: .viewChannel, name: "VIEW_CHANNEL"),
    ]

    @Test(arguments: needs)
    func missingPermissionIsNamed(need: Need) throws {
        let error = refusal(
            need.command, in: World.context(botPermissions: World.botPermissions.subtracting(need.permission)))
        #expect(error?.code == .missingPermission)
        #expect(error?.details["missing_permission"] == need.name)
        #expect(error?.message.contains(need.name) == true)
        #expect(error?.hint.contains(need.name) == true)
    }

    @Test func channelOverwriteTakesAPermissionAway() {
        let context = World.context {
            var overwrite = WireOverwriteState()
            overwrite.id = World.botRole
            overwrite.deny = Permissions.sendMessages.rawValue
            $0.channel.overwrites = [overwrite]
        }
        #expect(refusal(World.send(), in: context)?.details["missing_permission"] == "SEND_MESSAGES")
    }

    @Test func threadNeedsItsOwnPermission() throws {
        let thread = World.context { $0.channel.type = 11 }
        #expect(refusal(World.send(), in: thread)?.details["missing_permission"] == "SEND_MESSAGES_IN_THREADS")
        let allowed = World.context(botPermissions: [.viewChannel, .sendMessagesInThreads]) { $0.channel.type = 11 }
        #expect(try check(World.send(), in: allowed) == nil)
    }

    @Test(arguments: [4, 14, 15, 16])
    func someChannelsTakeNoMessages(type: UInt32) {
        #expect(refusal(World.send(), in: World.context { $0.channel.type = type })?.code == .invalidArgument)
    }

    @Test func timedOutBotCannotWrite() {
        let context = World.context { $0.bot.timedOutUntilUnixMs = World.now + 1000 }
        #expect(refusal(World.send(), in: context)?.message.contains("timed out") == true)
    }

    @Test(arguments: [WireModerationAction.kickUser, .banUser, .timeoutUser])
    func hierarchyIsKept(action: WireModerationAction) throws {
        for position in [Int32(5), 6] {
            let context = World.context {
                $0.roles.append(World.role(399, position: position))
                $0.target.roleIds = [399]
            }
            let error = try #require(refusal(World.moderate(action), in: context))
            #expect(error.code == .hierarchy)
            #expect(error.details["bot_role_position"] == "5")
            #expect(error.details["target_role_position"] == String(position))
        }
        #expect(refusal(World.moderate(action, targets: [World.owner]), in: World.context())?.code == .hierarchy)
        #expect(refusal(World.moderate(action, targets: [World.bot]), in: World.context())?.code == .hierarchy)
    }

    @Test func whoIsNotAMemberCanOnlyBeBanned() throws {
        let context = World.context { $0.clearTarget() }
        #expect(try check(World.moderate(.banUser), in: context) == nil)
        #expect(refusal(World.moderate(.kickUser), in: context)?.code == .notFound)
        #expect(refusal(World.moderate(.timeoutUser), in: context)?.code == .notFound)
    }

    @Test func administratorsAreNotTimedOut() throws {
        let context = World.context {
            $0.roles.append(World.role(402, position: 1, .administrator))
            $0.target.roleIds = [402]
        }
        #expect(refusal(World.moderate(.timeoutUser), in: context)?.message.contains("administrator") == true)
        #expect(try check(World.moderate(.kickUser), in: context) == nil)
    }

    @Test func ownMessageNeedsNoPermission() throws {
        let context = World.context(botPermissions: [.viewChannel])
        guard case .messageIsOwn(let refusal)? = try check(World.moderate(.deleteMessage, targets: [1]), in: context)
        else {
            Issue.record("a message that may be the bot's own is not refused outright")
            return
        }
        #expect(refusal.details["missing_permission"] == "MANAGE_MESSAGES")
    }

    @Test func contextWithoutRolesIsNotTrusted() {
        #expect(refusal(World.send(), in: WireModerationContext())?.code == .unavailable)
    }
}
