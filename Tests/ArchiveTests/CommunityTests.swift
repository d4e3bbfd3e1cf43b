import Archive
import Contracts
import TestSupport
import Testing

/// What members and moderators do: reactions, bans, leaves, edits.
@Suite(.timeLimit(.minutes(1))) struct CommunityTests {
    private let thumb = EmojiRecord(id: nil, name: "👍")
    private let custom = EmojiRecord(id: Snowflake(77), name: "party")
    private let first = Snowflake(50_001)

    @Test func reactionsAreCountedOncePerUser() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [
                    snapshot(), .messageCreated(message(50_001)), .reactionAdded(thumb, message: first, user: ada),
                    .reactionAdded(thumb, message: first, user: ada),
                    .reactionAdded(thumb, message: first, user: grace),
                    .reactionAdded(custom, message: first, user: ada),
                    // A custom emoji that was renamed meanwhile is still the same.
                    .reactionRemoved(EmojiRecord(id: Snowflake(77), name: "old"), message: first, user: ada),
                    .reactionRemoved(custom, message: first, user: grace),
                ], session: session(2))
            #expect(try await archive.reactions(of: [first])[first] == [ReactionRecord(emoji: thumb, count: 2)])
            try await archive.apply([.reactionsCleared(message: first, emoji: thumb)], session: session(3))
            #expect(try await archive.reactions(of: [first]).isEmpty)
        }
    }

    @Test func whatDiscordCountsIsTakenAndCountedOn() async throws {
        try await withArchive { archive in
            var known = message(50_001, editedAt: 5)
            known.reactions = [ReactionRecord(emoji: thumb, count: 5), ReactionRecord(emoji: custom, count: 0)]
            try await archive.apply(
                [
                    snapshot(), .messageUpdated(known), .reactionAdded(thumb, message: first, user: ada),
                    .reactionRemoved(thumb, message: first, user: grace),
                    .reactionRemoved(thumb, message: first, user: ada),
                ], session: session(2))
            #expect(try await archive.reactions(of: [first])[first] == [ReactionRecord(emoji: thumb, count: 4)])
            try await archive.apply(
                [.messagesDeleted([first], channel: channelID, guild: guildID, at: 9)], session: session(3))
            #expect(try await archive.reactions(of: [first]).isEmpty)
        }
    }

    @Test func aBanIsExplainedWhileItStands() async throws {
        try await withArchive { archive in
            func ban(_ user: Snowflake, by moderator: Snowflake? = nil, reason: String? = nil) -> BanRecord {
                BanRecord(
                    guildID: guildID, userID: user, userName: "x", seenAt: 7, moderatorID: moderator, reason: reason)
            }
            try await archive.apply(
                [
                    snapshot(), .banned(ban(ada)), .banExplained(ban(ada, by: grace, reason: "spam")),
                    .banned(ban(grace)), .unbanned(guild: guildID, user: grace),
                    .banExplained(ban(grace, by: ada, reason: "late")),
                ], session: session(2))
            #expect(try await archive.knownBans(guild: guildID) == [ban(ada, by: grace, reason: "spam")])
        }
    }

    @Test func whoLeftIsNoMemberAndMayComeBack() async throws {
        try await withArchive { archive in
            let member = MemberRecord(
                guildID: guildID, userID: grace, name: "Grace", username: "grace", isBot: false,
                roleIDs: [Snowflake(7)],
                joinedAt: 3)
            try await archive.apply(
                [snapshot(), .member(member), .memberRemoved(guild: guildID, user: grace, at: 9)], session: session(2))
            #expect(try await archive.member(guild: guildID, user: grace) == nil)
            #expect(try await archive.counts().members == 0)
            try await archive.apply([.member(member)], session: session(3))
            #expect(try await archive.member(guild: guildID, user: grace) == member)
        }
    }

    @Test func anEditKeepsWhatWasSaidBefore() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [
                    snapshot(), .messageCreated(message(50_001, "one")),
                    .messageUpdated(message(50_001, "two", editedAt: 5)),
                    .messageUpdated(message(50_001, "two", editedAt: 6)),
                    .messageUpdated(message(50_001, "three", editedAt: 7)),
                ], session: session(2))
            let versions = try await archive.earlierVersions(of: first)
            #expect(versions.map(\.content) == ["one", "two"] && versions.map(\.replacedAt) == [5, 7])
        }
    }
}
