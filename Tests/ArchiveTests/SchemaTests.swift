import Contracts
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Archive

@Suite(.timeLimit(.minutes(1))) struct SchemaTests {
    @Test func aNewerFileIsRefusedAndStaysAsItIs() async throws {
        try await withTemporaryDirectory { directory in
            try Archive(directory: directory).close()
            let path = directory + "/" + Archive.fileName
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            try queue.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(throws: ArchiveError.newerSchema(found: 99, supported: Schema.current)) {
                _ = try Archive(directory: directory)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test func openingAgainKeepsEverything() async throws {
        try await withTemporaryDirectory { directory in
            let first = try Archive(directory: directory)
            try await first.apply([snapshot(), .messageCreated(message(50_001))], session: session(2))
            try first.close()
            let second = try Archive(directory: directory)
            #expect(try await second.messages(in: channelID, page: MessagePage(limit: 5)).ids == [50_001])
            try second.close()
        }
    }

    @Test func anOlderFileIsMigratedAndKeepsWhatItHas() async throws {
        try await withTemporaryDirectory { directory in
            let queue = try DatabaseQueue(path: directory + "/" + Archive.fileName)
            try await queue.write { database in
                try database.execute(sql: Schema.version1)
                try database.execute(sql: "PRAGMA user_version = 1")
                try database.execute(
                    sql: """
                        INSERT INTO members VALUES (1000, 501, 'Ada', 0, '7,8', NULL);
                        INSERT INTO messages VALUES
                            (50001, 10000, 1000, 501, 'Ada', 0, 'kept', NULL, NULL, 0, 0, 0, 0, NULL, '{}');
                        """)
            }
            try queue.close()
            let archive = try Archive(directory: directory)
            #expect(try await archive.member(guild: guildID, user: ada)?.roleIDs == [Snowflake(7), Snowflake(8)])
            let search = MessageSearch(query: SearchQuery("kept"), channels: [channelID], limit: 5)
            #expect(try await archive.search(search).ids == [50_001])
            let thumb = EmojiRecord(id: nil, name: "👍")
            try await archive.apply(
                [.reactionAdded(thumb, message: Snowflake(50_001), user: ada)], session: session(1))
            #expect(
                try await archive.reactions(of: [Snowflake(50_001)])
                    == [Snowflake(50_001): [ReactionRecord(emoji: thumb, count: 1)]])
            try archive.close()
        }
    }

    @Test func theDirectoryIsForTheOwnerOnly() async throws {
        try await withTemporaryDirectory { directory in
            let archive = try Archive(directory: directory + "/archive")
            try await archive.apply([snapshot()], session: session(1))
            for (file, mode) in [("", 0o700), ("/archive.sqlite", 0o600), ("/archive.sqlite-wal", 0o600)] {
                let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/archive" + file)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode, "\(file)")
            }
            try archive.close()
        }
    }

    @Test func damageIsAnErrorAndNotACrash() async throws {
        try await withTemporaryDirectory { directory in
            try Data("this is no database, however long it is".utf8)
                .write(to: URL(fileURLWithPath: directory + "/" + Archive.fileName))
            #expect(throws: ArchiveError.self) { _ = try Archive(directory: directory) }
        }
    }
}
