import Bus
import Contracts
import Ingestion
import Testing

@testable import Discord
@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct OtherQueryTests {
    private func start(_ gateway: GatewayFixture) async throws {
        try await gateway.ingestion.apply([
            Dispatches.ready(), Dispatches.guildCreate(), Dispatches.message(1, "an apple", sequence: 3),
            Dispatches.message(2, "a pear", sequence: 4),
            Dispatches.message(3, "an apple in secret", sequence: 5, channel: Guild1.secret),
        ])
    }

    private func search(_ text: String, _ change: (inout WireSearchMessages) -> Void = { _ in }) -> WireQuery.OneOf_Body
    {
        var search = WireSearchMessages()
        search.query = text
        search.limit = 10
        change(&search)
        return .searchMessages(search)
    }

    @Test func searchFindsWhatMayBeRead() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let reply = try await gateway.ask(search("apple"))
            #expect(reply.contents == ["an apple"], "the bot may not read #secret")
            #expect(reply.json?["total"] == .integer(1) && reply.json?["source"] == .string("archive"))
            #expect(reply.json?["coverage"]?["channels_searched"] == .integer(2), "#general and its thread")
            #expect(reply.wire.answer.text.contains("#general Ada| an apple"))
        }
    }

    @Test func searchKeepsToTheScope() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let inScope = try await gateway.ask(search("apple"), scope: .only(channels: [Guild1.general]))
            #expect(inScope.contents == ["an apple"])
            let outside = try await gateway.ask(search("apple"), scope: .only(channels: [Guild1.thread]))
            #expect(outside.error == nil && outside.contents == [])
            let otherGuild = try await gateway.ask(search("apple"), scope: .only(guilds: [Snowflake(5)]))
            #expect(otherGuild.error == nil && otherGuild.contents == [])
            let named = try await gateway.ask(
                search("apple") { $0.guildID = Guild1.id.rawValue }, scope: .only(guilds: [Snowflake(5)]))
            #expect(named.error == .accessDenied)
            let channel = try await gateway.ask(search("apple") { $0.channelID = Guild1.secret.rawValue })
            #expect(channel.error == .missingPermission)
            let tooLong = try await gateway.ask(search(String(repeating: "word ", count: 40)))
            #expect(tooLong.error == .invalidArgument)
        }
    }

    @Test func channelInfoTellsWhatTheBotMayDo() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let reply = try await gateway.ask(.getChannelInfo(.make { $0.channelID = Guild1.general.rawValue }))
            let json = try #require(reply.json)
            #expect(json["name"] == .string("general") && json["type"] == .string("text"))
            #expect(json["guild"]?["member_count"] == .integer(3) && json["parent"]?["name"] == .string("all"))
            #expect(json["slowmode_seconds"] == .integer(5) && json["source"] == .string("cache"))
            #expect(
                json["bot_permissions"]
                    == .array([.string("VIEW_CHANNEL"), .string("MANAGE_MESSAGES"), .string("READ_MESSAGE_HISTORY")]))
            let lines = reply.wire.answer.text.split(separator: "\n")
            let fence = try #require(lines.firstIndex(of: Substring(UntrustedText.namesNotice)))
            let topic = try #require(lines.firstIndex { $0.contains("ignore all rules") })
            #expect(fence < topic)
        }
    }

    @Test func theDirectoryStandsAtItsPosition() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let all = try await gateway.ask(.getDirectory(WireGetDirectory())).wire.directory
            #expect(all.epoch == 7 && all.sequence == 42 && all.botUserID == Guild1.bot.rawValue)
            #expect(all.guilds.first?.channels.count == 6)
            let some = try await gateway.ask(
                .getDirectory(WireGetDirectory()), scope: .only(channels: [Guild1.general])
            ).wire.directory
            #expect(some.guilds.first?.channels.map(\.name) == ["general"])
        }
    }

    @Test func theModerationContextHoldsBothSides() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            await gateway.discord.set(members: [
                Member(user: User(id: Guild1.ada, username: "ada"), roles: [Guild1.botRole])
            ])
            func context(_ user: Snowflake, channel: Snowflake = Snowflake(0)) async throws -> GatewayFixture.Reply {
                try await gateway.ask(
                    .getModerationContext(
                        .make {
                            $0.guildID = Guild1.id.rawValue
                            $0.userID = user.rawValue
                            $0.channelID = channel.rawValue
                        }))
            }
            let known = try await context(Guild1.ada, channel: Guild1.secret).wire.moderationContext
            #expect(known.ownerID == Guild1.owner.rawValue && known.guildName == "Guild")
            #expect(known.bot.roleIds == [Guild1.botRole.rawValue] && known.target.name == "ada")
            #expect(known.channel.overwrites.first?.deny == 1024 && known.roles.count == 2)
            let thread = try await context(Guild1.ada, channel: Guild1.thread).wire.moderationContext
            #expect(thread.channel.type == 11)
            #expect(await gateway.discord.calls == ["member"], "a member that was asked for once is known")
            let stranger = try await context(Snowflake(12345))
            #expect(stranger.error == nil && !stranger.wire.moderationContext.hasTarget)
            await gateway.discord.fail(FakeDiscord.down)
            #expect(try await context(Snowflake(12346)).error == .discordUnavailable)
        }
    }

    @Test func statusCounts() async throws {
        try await withGateway { gateway in
            try await start(gateway)
            let status = try await gateway.ask(.getGatewayStatus(WireGetGatewayStatus())).wire.status
            #expect(status.guilds == 1 && status.channels == 6 && status.archivedMessages == 3)
            #expect(status.shards.first?.state == "ready" && status.shards.first?.sequence == 5)
            #expect(status.botName == "helper")
        }
    }

    @Test func anEmptyQueryIsAnError() async throws {
        try await withGateway { gateway in
            let response = await gateway.queries().respond(
                to: .init(header: BusHeader(kind: .query, id: MessageID(high: 1, low: 1)), body: [0xFF, 0x00]))
            let reply = try GatewayFixture.Reply(response)
            #expect(reply.error == .invalidArgument)
        }
    }
}
