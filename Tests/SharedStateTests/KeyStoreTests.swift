import Contracts
import TestSupport
import Testing

@testable import SharedState

@Suite(.timeLimit(.minutes(1))) struct KeyStoreTests {
    @Test func recordComesBackAsItWent() async throws {
        try await withClient { redis, server in
            let store = KeyStore(redis: redis, now: { 1_000 })
            let issued = try await store.create(
                KeyRequest(
                    name: "Ops, \"quoted\"\n☃", level: .moderate, tenant: "acme",
                    guilds: .only([Snowflake(7), Snowflake(8)]),
                    channels: .only([Snowflake(9)]), toolsets: .only(["messages"]), discordUser: Snowflake(42),
                    rateLimit: RateLimit("5000/1h"), expiresAt: 9_000, note: "for the bot"))
            let record = try #require(try await store.show(issued.key.id))
            #expect(record == issued.record)
            #expect(record.name == "Ops, \"quoted\"\n☃")
            #expect(record.level == .moderate)
            #expect(record.guilds == .only([Snowflake(7), Snowflake(8)]))
            #expect(record.channels == .only([Snowflake(9)]))
            #expect(record.toolsets == .only(["messages"]))
            #expect(record.discordUser == Snowflake(42))
            #expect(record.rateLimit == RateLimit(quota: 5000, window: 3600))
            #expect(record.createdAt == 1_000)
            #expect(record.expiresAt == 9_000)
            #expect(record.grant == (try await store.grant(forKeyID: issued.key.id)))
            #expect(try !server.command("HGETALL", KeyNames.record(issued.key.id)).contains(issued.key.secret))
        }
    }

    @Test func listIsOldestFirst() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(0)
            let store = KeyStore(redis: redis, now: { Int64(time.now) })
            #expect(try await store.isEmpty())
            for name in ["first", "second", "third"] {
                time.advance(1)
                _ = try await store.create(KeyRequest(name: name, level: .readOnly, tenant: name))
            }
            #expect(try await store.list().keys.map(\.name) == ["first", "second", "third"])
        }
    }

    @Test func grantEndsWithTheKey() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(1_000)
            let store = KeyStore(redis: redis, now: { Int64(time.now) })
            let id = try await store.create(KeyRequest(name: "k", level: .admin, expiresAt: 5_000)).key.id
            #expect(try await store.grant(forKeyID: id)?.level == .admin)
            try await store.setDisabled(true, id)
            #expect(try await store.grant(forKeyID: id) == nil)
            try await store.setDisabled(false, id)
            #expect(try await store.grant(forKeyID: id) != nil)
            time.set(5_000)
            #expect(try await store.grant(forKeyID: id) == nil)
            time.set(1_000)
            try await store.revoke(id)
            try await store.revoke(id)
            #expect(try await store.grant(forKeyID: id) == nil)
            #expect(try await store.show(id)?.revokedAt == 1_000)
            await #expect(throws: KeyStoreError.revoked) { try await store.rotate(id, overlap: .seconds(1)) }
        }
    }

    @Test func unknownKeys() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let grant = try await store.grant(forKeyID: "0123456789")
            #expect(grant == nil)
            #expect(try await store.grant(forKeyID: "*") == nil)
            #expect(try await store.show("0123456789") == nil)
            await #expect(throws: KeyStoreError.unknownKey) { try await store.revoke("0123456789") }
            await #expect(throws: KeyStoreError.unknownKey) { try await store.rotate("0123456789", overlap: .zero) }
            #expect(try await store.isEmpty())
        }
    }

    @Test func brokenRecordGrantsNothing() async throws {
        try await withClient { redis, server in
            let store = KeyStore(redis: redis)
            let id = try await store.create(KeyRequest(name: "k", level: .admin, guilds: .only([Snowflake(7)]))).key.id
            for (field, value) in [("guilds", "7,x"), ("level", "root")] {
                try server.command("HSET", KeyNames.record(id), field, value)
                #expect(try await store.grant(forKeyID: id) == nil)
                await #expect(throws: KeyStoreError.unreadable(id)) { try await store.show(id) }
                #expect(try await store.list().unreadable == [id])
                #expect(try await !store.isEmpty())
                try server.command("HSET", KeyNames.record(id), "guilds", "7")
            }
        }
    }

    @Test func requestsAreChecked() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let bad = [
                KeyRequest(name: "", level: .admin), KeyRequest(name: "k", level: .admin, tenant: "a b"),
                KeyRequest(name: "k", level: .admin, environment: "Live"),
                KeyRequest(name: "k", level: .admin, guilds: .only([])),
            ]
            for request in bad {
                let error = await #expect(throws: KeyStoreError.self) { try await store.create(request) }
                guard case .invalid = error else { return #expect(Bool(false)) }
            }
            let isEmpty = try await store.isEmpty()
            #expect(isEmpty)
        }
    }
}
