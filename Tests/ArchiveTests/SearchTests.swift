import Archive
import Contracts
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SearchTests {
    private static let texts: [UInt64: String] = [
        50_001: "The quick brown fox jumps over the lazy dog",
        50_002: "Un café crème, s'il vous plaît",
        50_003: "Die Donaudampfschifffahrtsgesellschaft legt ab",
        50_004: "会議は明日の午後です",
        50_005: "สวัสดีครับ ยินดีต้อนรับ",
        50_006: "Ещё раз: привет, мир!",
        50_007: "I like c++ and node.js, 100% sure_thing",
        50_008: "안녕하세요 여러분",
        50_009: "ok 🎉 party",
        50_010: "brown the quick",
    ]

    private func withTexts(_ body: (Archive) async throws -> Void) async throws {
        try await withArchive { archive in
            let messages = Self.texts.sorted { $0.key < $1.key }.map {
                ArchiveMutation.messageCreated(message($0.key, $0.value))
            }
            try await archive.apply([snapshot()] + messages, session: session(11))
            try await body(archive)
        }
    }

    private func ids(_ text: String, in archive: Archive) async throws -> [UInt64] {
        let search = MessageSearch(query: SearchQuery(text), channels: [channelID], limit: 50)
        return try await archive.search(search).ids
    }

    @Test(arguments: [
        ("quick fox", [50_001]), ("QUICK", [50_010, 50_001]), ("\"quick brown\"", [50_001]), ("cafe", [50_002]),
        ("CRÈME plait", [50_002]), ("dampfschiff", [50_003]), ("会議", [50_004]), ("午後", [50_004]), ("明日の", [50_004]),
        ("ยินดี", [50_005]), ("привет мир", [50_006]), ("ПРИВЕТ", [50_006]), ("c++", [50_007]), ("node.js", [50_007]),
        ("100%", [50_007]), ("_t", [50_007]), ("여러", [50_008]), ("🎉", [50_009]), ("ok", [50_009]),
        ("jump", [50_001]), ("nothing-like-it", []), ("quick nothing", []),
        // In quotes: whole words, letter by letter, in either case, whatever stands between them.
        ("\"Quick BROWN fox\"", [50_001]), ("\"uick\"", []), ("\"quick bro\"", []), ("\"the\"", [50_010, 50_001]),
        ("\"plaît\"", [50_002]), ("\"plait\"", []), ("\"crème, s'il\"", [50_002]), ("\"раз привет\"", [50_006]),
        ("\"sure\"", []), ("\"sure_thing\"", [50_007]), ("\"c++ and\"", [50_007]), ("\"c+\"", [50_007]),
        ("\"100\"", [50_007]),
        // Where there are no spaces a part of a run counts.
        ("\"明日\"", [50_004]), ("\"は明日の午\"", [50_004]), ("\"会議 明日\"", []), ("\"ยินดี\"", [50_005]),
    ])
    func finds(_ text: String, _ expected: [UInt64]) async throws {
        try await withTexts { archive in
            let found = try await ids(text, in: archive)
            #expect(found == expected)
        }
    }

    @Test(arguments: [
        "\"", "\"\"", "\"open", "a\"b", "AND", "OR NOT", "NEAR(a b)", "content:x", "*", "^x", "(", ")", "-", "+", "{a}",
        "\\", "%", "_", "'", "''", ";", "--", "/*", "a\0b", "\0", "   ", "", "\u{FEFF}", "\u{202E}", "a:b:c",
    ])
    func everyTextIsAQuery(_ text: String) async throws {
        try await withTexts { archive in
            _ = try await ids(text, in: archive)
        }
    }

    @Test func noRandomTextIsAnError() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let pieces = Array("ab\"'*()^:+-{}\\%_\0 \n\u{301}é会🎉").map(String.init) + ["AND ", "NEAR", "\u{0}"]
        try await withTexts { archive in
            for _ in 0..<300 {
                let text = (0..<Int.random(in: 1...12, using: &random))
                    .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                await #expect(throws: Never.self, "seed \(seed): \(text.debugDescription)") {
                    _ = try await ids(text, in: archive)
                }
            }
        }
    }

    @Test func filtersNarrowAndBoundsExclude() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [
                    snapshot(), .messageCreated(message(50_001, "apple", author: grace, pinned: true)),
                    .messageCreated(message(50_002, "apple", attachments: true)),
                    .messageCreated(message(50_003, "apple", embeds: true)),
                    .messageCreated(message(50_004, "apple", channel: otherChannelID)),
                ], session: session(5))
            func ids(_ change: (inout MessageSearch) -> Void) async throws -> [UInt64] {
                var search = MessageSearch(
                    query: SearchQuery("apple"), channels: [channelID, otherChannelID], limit: 10)
                change(&search)
                return try await archive.search(search).ids
            }
            #expect(try await ids { _ in } == [50_004, 50_003, 50_002, 50_001])
            #expect(try await ids { $0.author = grace } == [50_001])
            #expect(try await ids { $0.pinnedOnly = true } == [50_001])
            #expect(try await ids { $0.hasAttachments = true } == [50_002])
            #expect(try await ids { $0.hasAttachments = false } == [50_004, 50_003, 50_001])
            #expect(try await ids { $0.hasEmbeds = true } == [50_003])
            #expect(try await ids { $0.before = Snowflake(50_003) } == [50_002, 50_001])
            #expect(try await ids { $0.after = Snowflake(50_002) } == [50_004, 50_003])
            #expect(try await ids { $0.channels = [channelID] } == [50_003, 50_002, 50_001])
            #expect(try await ids { $0.channels = [] } == [])
            #expect(try await ids { $0.query = SearchQuery("") } == [50_004, 50_003, 50_002, 50_001])
            #expect(try await ids { $0.limit = 2 } == [50_004, 50_003])
        }
    }

    @Test func editsMoveTheIndexAlong() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(), .messageCreated(message(50_001, "before"))], session: session(2))
            try await archive.apply([.messageUpdated(message(50_001, "afterwards", editedAt: 5))], session: session(3))
            #expect(try await ids("before", in: archive) == [])
            #expect(try await ids("afterw", in: archive) == [50_001])
            try await archive.apply(
                [.messagesDeleted([Snowflake(50_001)], channel: channelID, guild: guildID, at: 9)],
                session: session(4))
            #expect(try await ids("afterwards", in: archive) == [])
        }
    }

    @Test func theAnswerSaysWhatItCovered() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [
                    snapshot(channels: [channel(), channel(otherChannelID, last: 60_000)]),
                    .messageCreated(message(50_001)), .messageCreated(message(60_001, channel: otherChannelID)),
                ], session: session(3))
            let result = try await archive.search(
                MessageSearch(query: SearchQuery("absent"), channels: [channelID, otherChannelID], limit: 5))
            #expect(result.oldestSeen == Snowflake(50_001))
            #expect(result.incompleteChannels == [otherChannelID])
        }
    }

    @Test func countingStopsAtItsBound() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [snapshot()] + (0..<1_005).map { .messageCreated(message(50_000 + $0)) }, session: session(1))
            let all = try await archive.search(
                MessageSearch(query: SearchQuery("hello"), channels: [channelID], limit: 3))
            #expect(all.total == 1_000 && all.totalIsMinimum && all.ids == [51_004, 51_003, 51_002])
            let some = try await archive.search(
                MessageSearch(query: SearchQuery("hello"), channels: [channelID], before: Snowflake(50_500), limit: 3))
            #expect(some.total == 500 && !some.totalIsMinimum)
        }
    }
}
