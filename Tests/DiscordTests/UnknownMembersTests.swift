import Contracts
import JSONCore
import TestSupport
import Testing

@testable import Discord

/// Discord adds members and values at any time: what we do not know changes nothing of what we read.
@Suite struct UnknownMembersTests {
    private static let message = #"""
        {"id":"20","channel_id":"10","guild_id":"5","type":0,"content":"hi \"there\" 🎉","pinned":false,"flags":0,
         "author":{"id":"7","username":"ada","global_name":"Ada","bot":false},"member":{"nick":"A","roles":["6"]},
         "edited_timestamp":null,"attachments":[{"id":"1","filename":"a.png"}],"embeds":[],
         "message_reference":{"type":0,"message_id":"19","channel_id":"10"},
         "reactions":[{"count":2,"emoji":{"id":null,"name":"🔥"}}]}
        """#

    private static let strangers: [JSONCore.JSONValue] = [
        .null, .bool(true), .string("x\"]}"), .number(JSONNumber(-7)), .array([.object([:]), .array([])]),
        .object(["id": .string("no id"), "deep": .array([.object(["type": .number(JSONNumber(99))])])]),
    ]

    /// The value with members that nobody knows put into its objects, anywhere between the others.
    private func strange(_ value: JSONCore.JSONValue, _ random: inout SeededGenerator) -> JSONCore.JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { strange($0, &random) })
        case .object(let object):
            var members = object.members.map { ($0.name, strange($0.value, &random)) }
            for number in 0..<Int.random(in: 0...3, using: &random) {
                let stranger = Self.strangers.randomElement(using: &random) ?? .null
                members.insert(
                    ("new_\(number)", stranger), at: Int.random(in: 0...members.count, using: &random))
            }
            var result = JSONObject()
            for (name, value) in members { result[name] = value }
            return .object(result)
        default: return value
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, UInt64.random(in: 100 ... .max)])
    func changeNothing(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = Array(Self.message.utf8)
        let plain = try DiscordJSON.read(ArrivedMessage.self, from: bytes)
        let decoded = try DiscordJSON.decode(Message.self, from: bytes)
        #expect(plain.content == "hi \"there\" 🎉" && plain.nick == "A" && plain.replyTo == Snowflake(19))
        #expect(plain.hasAttachments && !plain.hasEmbeds && plain.reactions?.first?.count == 2)
        let json = try JSONReader.read(bytes)
        for _ in 0..<200 {
            let changed = strange(json, &random).encoded()
            #expect(try DiscordJSON.read(ArrivedMessage.self, from: changed) == plain, "seed \(seed)")
            #expect(try DiscordJSON.decode(Message.self, from: changed) == decoded, "seed \(seed)")
        }
    }

    @Test func unknownEnumValuesSurvive() throws {
        let text = Self.message.replacing(#""type":0,"content""#, with: #""type":4711,"content""#)
        #expect(try DiscordJSON.read(ArrivedMessage.self, from: Array(text.utf8)).type.rawValue == 4711)
        #expect(try DiscordJSON.decode(Message.self, from: text.utf8).type?.rawValue == 4711)
    }

    @Test(arguments: [
        #"{"channel_id":"1"}"#, #"{"id":1.5,"channel_id":"1"}"#, #"{"id":"01","channel_id":"1"}"#, "[]", "",
    ])
    func whatLacksAnIdIsRefused(_ json: String) {
        #expect(throws: JSONSyntaxError.self) { try DiscordJSON.read(ArrivedMessage.self, from: Array(json.utf8)) }
    }
}
