import Contracts
import Discord
import Foundation

/// Drives every typed route against a server, in groups that clean up behind themselves as far as Discord lets them.
struct Exercise: Sendable {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    let rest: DiscordREST
    let world: World
    let reason = AuditLogReason("exercise ü & more")

    /// Unix milliseconds.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    var guild: Snowflake { world.guild }
    var channel: Snowflake { world.channel }

    /// One of the members, from the front: the last ones get banned.
    func member(_ index: Int) throws -> Snowflake {
        guard index < world.members.count else { throw Failed(description: "the world needs more members") }
        return world.members[index].id
    }

    func expect(_ condition: Bool, _ what: String, line: Int = #line) throws {
        if !condition { throw Failed(description: "\(what) (line \(line))") }
    }

    /// The call must be refused so.
    func expectRefusal(
        _ codes: Set<Int>, _ what: String, _ call: () async throws(DiscordError) -> Void
    ) async throws {
        do throws(DiscordError) {
            try await call()
        } catch {
            try expect(error.code.map { codes.contains($0) } ?? false, "\(what): \(error)")
            return
        }
        throw Failed(description: "\(what): was not refused")
    }

    func post(_ content: String, in place: Snowflake? = nil) async throws -> Message {
        let nonce = String(UInt64.random(in: 0 ... .max), radix: 36)
        return try await rest.createMessage(CreateMessage(content: content, nonce: nonce), in: place ?? channel)
    }

    static let groups: [(name: String, run: @Sendable (Exercise) async throws -> Void)] = [
        ("users", { try await $0.users() }), ("guild", { try await $0.guildSettings() }),
        ("messages", { try await $0.messages() }), ("uploads", { try await $0.uploads() }),
        ("reactions", { try await $0.reactions() }), ("pins", { try await $0.pins() }),
        ("polls", { try await $0.polls() }), ("search", { try await $0.search() }),
        ("threads", { try await $0.threads() }), ("forum", { try await $0.forum() }),
        ("channels", { try await $0.channels() }), ("roles", { try await $0.roles() }),
        ("members", { try await $0.members() }), ("moderation", { try await $0.moderation() }),
        ("automod", { try await $0.autoModeration() }), ("webhooks", { try await $0.webhooks() }),
        ("emojis", { try await $0.emojis() }), ("stickers", { try await $0.stickers() }),
        ("sounds", { try await $0.sounds() }), ("events", { try await $0.events() }),
        ("invites", { try await $0.invites() }), ("voice", { try await $0.voice() }),
        ("stage", { try await $0.stage() }), ("direct messages", { try await $0.directMessages() }),
        ("incident actions", { try await $0.incidentActions() }), ("welcome", { try await $0.welcome() }),
        ("onboarding", { try await $0.onboarding() }), ("widget", { try await $0.widget() }),
        ("templates", { try await $0.templates() }), ("commands", { try await $0.commands() }),
        ("burst", { try await $0.burst() }),
    ]
}
