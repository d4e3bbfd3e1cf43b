import ArgumentParser
import Contracts
import FoundationEssentials
import SharedState

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make, show and end API keys.",
        discussion: """
            Examples:
              discord-mcp key create --name reader --level read_only
              discord-mcp key list
              discord-mcp key revoke ID
            """,
        subcommands: [
            KeyCreateCommand.self, KeyListCommand.self, KeyShowCommand.self, KeyRotateCommand.self,
            KeyRevokeCommand.self,
        ]
    )
}

/// A key as commands show it; the secret only when it was made a moment ago.
struct KeyView: Encodable {
    var id: String
    var key: String?
    var name: String
    var level: String
    var tenant: String
    /// Nil: all.
    var guildIds: [String]?
    var channelIds: [String]?
    var toolsets: [String]?
    var discordUser: String?
    var rate: String?
    var state: String
    var created: String
    var expires: String?
    var lastUsed: String?

    init(_ record: KeyRecord, secret: String? = nil) {
        id = record.id
        key = secret
        name = record.name
        level = record.level.name
        tenant = record.tenant
        if case .only(let ids) = record.guilds { guildIds = ids.sorted().map(\.description) }
        if case .only(let ids) = record.channels { channelIds = ids.sorted().map(\.description) }
        if case .only(let names) = record.toolsets { toolsets = names.sorted() }
        discordUser = record.discordUser?.description
        rate = record.rateLimit?.description
        state =
            if record.revokedAt != nil {
                "revoked"
            } else if record.isDisabled {
                "disabled"
            } else {
                record.isUsable(nowUnixMilliseconds: WallClock.unixMilliseconds) ? "active" : "expired"
            }
        created = Self.time(record.createdAt)
        expires = record.expiresAt.map(Self.time)
        lastUsed = record.lastUsedAt.map(Self.time)
    }

    init(_ issued: IssuedKey) {
        self.init(issued.record, secret: issued.key.text)
    }

    /// For people: one member a line.
    var lines: String {
        var pairs = [
            ("id", id), ("name", name), ("level", level), ("tenant", tenant), ("state", state),
            ("guilds", guildIds?.joined(separator: ", ") ?? "all"),
            ("channels", channelIds?.joined(separator: ", ") ?? "all"),
            ("toolsets", toolsets?.joined(separator: ", ") ?? "all"), ("created", created),
        ]
        if let discordUser { pairs.append(("acts for", discordUser)) }
        if let rate { pairs.append(("rate", rate)) }
        if let expires { pairs.append(("expires", expires)) }
        if let lastUsed { pairs.append(("last used", lastUsed)) }
        return pairs.map { $0 + String(repeating: " ", count: 11 - $0.count) + $1 }.joined(separator: "\n")
    }

    /// The one time that a secret is shown.
    func announce(json: Bool) throws {
        if json { return try Terminal.printJSON(self) }
        Terminal.print("\(key ?? "")\n\nShown this once; only its hash is kept.\n\n\(lines)")
    }

    private static func time(_ unixMilliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(unixMilliseconds / 1000)).formatted(.iso8601)
    }
}
