import Contracts
import Ingestion
import Testing

@testable import Discord
@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct MessageQueryTests {
    private func get(
        _ channel: Snowflake = Guild1.general,
        limit: UInt32 = 50,
        before: Snowflake? = nil,
        after: Snowflake? = nil
    ) -> WireQuery.OneOf_Body {
        .getMessages(
            .make {
                $0.channelID = channel.rawValue
                $0.limit = limit
                if let before { $0.before.messageID = before.rawValue }
                if let after { $0.after.messageID = after.rawValue }
            })
    }

    private func start(_ gateway: GatewayFixture, last: Snowflake? = nil) async throws {
        try await gateway.ingestion.apply([Dispatches.ready(), Dispatches.guildCreate(last: last)])
    }

    @Test func whatIsCoveredComesFromTheArchive() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            try await gateway.ingestion.apply([Dispatches.message(1, "hello", sequence: 3)])
            let reply = try await gateway.ask(get())
            #expect(reply.contents == ["hello"] && reply.wire.answer.source == "archive")
            #expect(reply.json?["has_more"] == .bool(false) && reply.json?["untrusted"] == .bool(true))
            #expect(await gateway.discord.calls == [])
        }
    }

    @Test func whatIsNotComesFromDiscordOnce() async throws {
        try await withGateway { gateway in
            try await start(gateway, last: messageID(3))
            await gateway.discord.set(
                messages: try (1...3).map { try Dispatches.restMessage($0, "message \($0)") })
            let first = try await gateway.ask(get(limit: 2))
            #expect(first.contents == ["message 3", "message 2"] && first.wire.answer.source == "discord")
            #expect(first.json?["has_more"] == .bool(true))
            let second = try await gateway.ask(get(limit: 2))
            #expect(second.contents == first.contents && second.wire.answer.source == "archive")
            let older = try await gateway.ask(get(before: messageID(2)))
            #expect(older.contents == ["message 1"] && older.json?["has_more"] == .bool(false))
            let all = try await gateway.ask(get())
            #expect(all.contents.count == 3 && all.wire.answer.source == "archive")
            #expect(await gateway.discord.calls.count == 2)
        }
    }

    @Test func bothBoundsGiveTheNewestBetweenThem() async throws {
        try await withGateway { gateway in
            try await start(gateway, last: messageID(9))
            await gateway.discord.set(
                messages: try (1...9).map { try Dispatches.restMessage($0, "message \($0)") })
            let reply = try await gateway.ask(get(before: messageID(8), after: messageID(5)))
            #expect(reply.contents == ["message 7", "message 6"] && reply.json?["has_more"] == .bool(false))
            let after = try await gateway.ask(get(limit: 2, after: messageID(5)))
            #expect(after.contents == ["message 7", "message 6"] && after.json?["has_more"] == .bool(true))
        }
    }

    @Test func withoutAConnectionDiscordIsAsked() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            try await gateway.ingestion.apply([Dispatches.message(1, "known", sequence: 3)])
            await gateway.discord.set(messages: [
                try Dispatches.restMessage(1, "known"), try Dispatches.restMessage(2, "missed"),
            ])
            let reply = try await gateway.ask(get(), isLive: false)
            #expect(reply.contents == ["missed", "known"] && reply.wire.answer.source == "discord")
        }
    }

    @Test func whenDiscordIsDownTheAnswerSaysSo() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            try await gateway.ingestion.apply([Dispatches.message(1, "known", sequence: 3)])
            await gateway.discord.fail(FakeDiscord.down)
            let stale = try await gateway.ask(get(), isLive: false)
            #expect(stale.contents == ["known"] && stale.json?["note"]?.string?.contains("cannot be reached") == true)
            try await gateway.ingestion.apply([
                Dispatches.ready(1, session: "session-2"),
                Dispatches.guildCreate(2, session: "session-2", last: messageID(5)),
            ])
            #expect(try await gateway.ask(get()).error == .discordUnavailable)
        }
    }

    @Test func theScopeHoldsHereToo() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let otherGuild = try await gateway.ask(get(), scope: .only(guilds: [Snowflake(5)]))
            #expect(otherGuild.error == .accessDenied)
            let otherChannel = try await gateway.ask(get(), scope: .only(channels: [Guild1.forum]))
            #expect(otherChannel.error == .accessDenied)
            let noScope = try await gateway.ask(get(), scope: WireScope())
            #expect(noScope.error == .accessDenied)
            let allowed = try await gateway.ask(get(), scope: .only(guilds: [Guild1.id], channels: [Guild1.general]))
            #expect(allowed.error == nil)
            // A channel outside the scope is refused before anybody learns whether it exists.
            let unknown = try await gateway.ask(get(Snowflake(77)), scope: .only(channels: [Guild1.general]))
            #expect(unknown.error == .accessDenied)
            #expect(await gateway.discord.calls == [])
        }
    }

    @Test(arguments: [
        (Guild1.secret, "VIEW_CHANNEL"), (Guild1.mute, "READ_MESSAGE_HISTORY"),
    ])
    func aMissingPermissionIsNamedBeforeDiscordIsAsked(_ channel: Snowflake, _ permission: String) async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let reply = try await gateway.ask(get(channel))
            #expect(reply.error == .missingPermission)
            #expect(reply.wire.error.details["missing_permission"] == permission)
            #expect(await gateway.discord.calls == [])
        }
    }

    @Test func channelsWithoutMessagesAreRefusedWithAHint() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            for channel in [Guild1.category, Guild1.forum] {
                let reply = try await gateway.ask(get(channel))
                #expect(reply.error == .invalidArgument && !reply.wire.error.hint.isEmpty)
            }
            #expect(try await gateway.ask(get(Snowflake(77))).error == .notFound)
            #expect(try await gateway.ask(get(Snowflake(0))).error == .invalidArgument)
        }
    }

    @Test func anArchivedThreadIsFoundThroughDiscord() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let thread = Snowflake(1_000_099)
            var channel = Channel(id: thread, type: .publicThread, guildID: Guild1.id, parentID: Guild1.general)
            channel.name = "old thread"
            await gateway.discord.set(channels: [channel])
            await gateway.discord.set(messages: [try Dispatches.restMessage(1, "in the thread", channel: thread)])
            #expect(try await gateway.ask(get(thread)).contents == ["in the thread"])
            let resolved = try await gateway.ask(.resolveChannel(.make { $0.channelID = thread.rawValue }))
            #expect(resolved.wire.channel.parentID == Guild1.general.rawValue)
            #expect(await gateway.discord.calls == ["channel", "messages"])
        }
    }
}
