import Contracts
import Testing

@testable import Executor

@Suite(.timeLimit(.minutes(1))) struct CommandPathTests {
    @Test func commandGoesTheWholeWay() async throws {
        try await ExecutorBench.run { bench in
            let (reply, json) = try await bench.send()
            #expect(reply.answer.text.contains("5000"))
            #expect(reply.auditSequence == 1)
            #expect(json.contains(#""message_id":"5000""#))
            #expect(json.contains(#""replayed":false"#))
            #expect(await bench.audit.records.map(\.kind) == [.intent, .outcome])

            let again = try await bench.send()
            #expect(again.reply.replayed)
            #expect(again.json.contains(#""replayed":true"#))
            let posts = await bench.discord.posts
            #expect(posts == 1)
        }
    }

    @Test func manyAtOnceWithOneIdAreOnePost() async throws {
        try await ExecutorBench.run { bench in
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        let (reply, _) = try await bench.send()
                        #expect(reply.answer.text.contains("5000"))
                    }
                }
                try await group.waitForAll()
            }
            let posts = await bench.discord.posts
            #expect(posts == 1)
        }
    }

    @Test func manyCommandsAtOnce() async throws {
        try await ExecutorBench.run { bench in
            try await withThrowingTaskGroup { group in
                for id: UInt64 in 1...40 {
                    group.addTask { _ = try await bench.send(id: id) }
                }
                try await group.waitForAll()
            }
            let posts = await bench.discord.posts
            #expect(posts == 40)
            #expect(await bench.audit.records.filter { $0.kind == .intent }.count == 40)
            #expect(await bench.audit.records.filter { $0.outcome == "ok" }.count == 40)
        }
    }

    @Test func withoutTheAuditWriterNothingIsPosted() async throws {
        try await ExecutorBench.run(hasAudit: false) { bench in
            let (reply, json) = try await bench.send()
            #expect(reply.error.code == .auditUnavailable)
            #expect(json.isEmpty)
            let posts = await bench.discord.posts
            #expect(posts == 0)
        }
    }

    @Test func unknownKeyIsRefused() async throws {
        try await ExecutorBench.run { bench in
            let (reply, _) = try await bench.send(key: "stranger")
            #expect(reply.error.code == .unauthenticated)
            #expect(await bench.audit.records.map(\.kind) == [.denied])
        }
    }

    @Test func bytesThatAreNoCommandGetAnAnswer() async throws {
        try await ExecutorBench.run { bench in
            let (reply, _) = try await bench.ask([0xFF, 0xFF, 0xFF])
            #expect(reply.error.code == .invalidArgument)
        }
    }

    @Test func discordIsAskedOnlyWhenTheGatewayIsAway() async throws {
        let away = WireError(.unavailable, "away")
        func guildName(gateway: OneGuild) async throws -> String {
            let chain = GuildKnowledgeChain(first: gateway, second: OneGuild(name: "discord"), logger: quiet)
            return try await chain.moderationContext(guild: ExecutorBench.guild, channel: nil, user: nil).guildName
        }
        #expect(try await guildName(gateway: OneGuild(name: "gateway")) == "gateway")
        #expect(try await guildName(gateway: OneGuild(failure: away)) == "discord")
        await #expect(throws: WireError(.notFound, "no")) {
            try await guildName(gateway: OneGuild(failure: WireError(.notFound, "no")))
        }
    }

    @Test func sameIdWithOtherArgumentsIsRefused() async throws {
        try await ExecutorBench.run { bench in
            _ = try await bench.send("one")
            let (reply, _) = try await bench.send("two")
            #expect(reply.error.code == .idempotencyConflict)
        }
    }
}
