import Contracts
import Testing

@testable import Moderation

@Suite struct ArgumentTests {
    private func order(_ command: WireCommand) throws -> CommandOrder {
        try CommandOrder(command, nowUnixMilliseconds: World.now)
    }

    private func refusal(_ command: WireCommand) -> WireError? {
        let error = #expect(throws: WireError.self) { try order(command) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.hint.isEmpty == false)
        return error
    }

    @Test func contentIsCountedInCodePoints() throws {
        _ = try order(World.send(String(repeating: "😀", count: 2000)))
        #expect(refusal(World.send(String(repeating: "a", count: 2001)))?.details["length"] == "2001")
        // One character for a reader, seven code points for Discord.
        let family = "👨‍👩‍👧‍👦"
        _ = try order(World.send(String(repeating: family, count: 285)))
        #expect(refusal(World.send(String(repeating: family, count: 286)))?.details["length"] == "2002")
    }

    @Test(arguments: ["", " \n\t"])
    func emptyMessageIsRefused(content: String) {
        _ = refusal(World.send(content))
    }

    private func embedded(_ json: String) -> WireCommand {
        var command = World.send("")
        command.sendMessage.embedJson = .init(Array(json.utf8))
        return command
    }

    @Test func embedLimits() throws {
        func text(_ count: Int) -> String { String(repeating: "x", count: count) }
        _ = try order(
            embedded(#"{"title":"\#(text(256))","description":"\#(text(4096))","color":5,"future":{"a":[1]}}"#))
        #expect(refusal(embedded(#"{"title":"\#(text(257))"}"#))?.message.contains("embed.title") == true)
        #expect(refusal(embedded(#"{"description":"\#(text(4097))"}"#))?.message.contains("4097") == true)
        #expect(refusal(embedded(#"{"footer":{"text":"\#(text(2049))"}}"#)) != nil)
        #expect(refusal(embedded(#"{"author":{"name":"\#(text(257))"}}"#)) != nil)
        let field = #"{"name":"n","value":"v"}"#
        _ = try order(embedded(#"{"fields":[\#(Array(repeating: field, count: 25).joined(separator: ","))]}"#))
        #expect(
            refusal(embedded(#"{"fields":[\#(Array(repeating: field, count: 26).joined(separator: ","))]}"#)) != nil)
        #expect(
            refusal(embedded(#"{"fields":[{"name":"n","value":"\#(text(1025))"}]}"#))?.message.contains("fields[0]")
                == true)
        #expect(
            refusal(embedded(#"{"description":"\#(text(4096))","footer":{"text":"\#(text(1905))"}}"#))?.message
                .contains("6001") == true)
        _ = try order(embedded(#"{"description":"\#(text(4096))","footer":{"text":"\#(text(1904))"}}"#))
    }

    @Test(arguments: ["[]", "1", "{", #"{"title":5}"#, #"{"fields":[{"name":"n"}]}"#])
    func embedMustBeAnEmbed(json: String) {
        _ = refusal(embedded(json))
    }

    @Test func reasonHas512Characters() throws {
        _ = try order(World.moderate(.kickUser) { $0.reason = String(repeating: "ä", count: 512) })
        _ = refusal(World.moderate(.kickUser) { $0.reason = String(repeating: "ä", count: 513) })
    }

    @Test func timeOutBounds() throws {
        for seconds: UInt32 in [1, 2_419_200] {
            _ = try order(World.moderate(.timeoutUser) { $0.timeoutSeconds = seconds })
        }
        for seconds: UInt32 in [0, 2_419_201] {
            _ = refusal(World.moderate(.timeoutUser) { $0.timeoutSeconds = seconds })
        }
        _ = refusal(World.moderate(.kickUser) { $0.timeoutSeconds = 60 })
    }

    @Test func banDeletesUpToSevenDays() throws {
        _ = try order(World.moderate(.banUser) { $0.deleteMessageSeconds = 604_800 })
        _ = refusal(World.moderate(.banUser) { $0.deleteMessageSeconds = 604_801 })
        _ = refusal(World.moderate(.kickUser) { $0.deleteMessageSeconds = 1 })
    }

    @Test func bulkDeleteTakes2To100YoungMessages() throws {
        func bulk(_ ids: [UInt64]) -> WireCommand { World.moderate(.deleteMessagesBulk, targets: ids) }
        let ids = (0..<101).map { World.message + $0 }
        _ = try order(bulk(Array(ids.prefix(2))))
        _ = try order(bulk(Array(ids.prefix(100))))
        _ = refusal(bulk(Array(ids.prefix(1))))
        _ = refusal(bulk(ids))
        _ = refusal(bulk([ids[0], ids[0]]))
        _ = refusal(bulk([ids[0], 0]))
        let fortnight: Int64 = 14 * 86_400_000
        let edge = Snowflake(unixMilliseconds: World.now - fortnight)
        _ = try order(bulk([edge.rawValue, ids[0]]))
        let tooOld = edge.rawValue - 1
        #expect(refusal(bulk([tooOld, ids[0]]))?.details["message_id"] == String(tooOld))
    }

    @Test func oneTargetForEverythingElse() {
        _ = refusal(World.moderate(.kickUser, targets: []))
        _ = refusal(World.moderate(.banUser, targets: [1, 2]))
        _ = refusal(World.moderate(.deleteMessage, targets: [1, 2]))
    }

    @Test func whereItHappensMustBeNamed() {
        _ = refusal(World.moderate(.deleteMessage) { $0.channelID = 0 })
        _ = refusal(World.moderate(.kickUser) { $0.guildID = 0 })
        _ = refusal(World.send("a", channel: 0))
        _ = refusal(World.moderate(.unspecified))
        _ = refusal(World.command(tool: .sendMessage, digest: []))
    }

    @Test func auditReasonKeepsTheCommand() {
        let tag = CommandTag(World.id(7))
        #expect(tag.text.count == 25)
        #expect(tag.auditReason("spam") == "spam [cmd \(tag)]")
        #expect(tag.auditReason("") == "[cmd \(tag)]")
        let long = tag.auditReason(String(repeating: "é", count: 600))
        #expect(long.unicodeScalars.count == 512)
        #expect(tag.marks(long))
        #expect(!CommandTag(World.id(8)).marks(long))
        #expect(CommandTag(MessageID(high: .max, low: .max)).text.count == 25)
    }

    @Test func fingerprintIgnoresSurroundingSpace() {
        #expect(ContentFingerprint("  hi there\n") == ContentFingerprint("hi there"))
        #expect(ContentFingerprint("hi there") != ContentFingerprint("hi  there"))
        #expect(ContentFingerprint(" ") == ContentFingerprint(""))
    }
}
