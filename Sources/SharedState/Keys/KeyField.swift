import Contracts

/// The fields of a key's hash in Redis, and the text form of each value. An absent limit is `*`, an absent value is
/// empty.
enum KeyField: String, CaseIterable {
    case environment, tenant, name, level, guilds, channels, toolsets, user, rate, note
    case created, expires, revoked, disabled, used
    /// `generation` counts rotations; absent before the first.
    case secret, generation
    case oldSecret = "old_secret"
    case oldSecretUntil = "old_secret_until"

    static func text(_ limit: Limit<Snowflake>) -> String {
        switch limit {
        case .all: "*"
        case .only(let ids): ids.sorted().map(\.description).joined(separator: ",")
        }
    }

    static func text(_ limit: Limit<String>) -> String {
        switch limit {
        case .all: "*"
        case .only(let names): names.sorted().joined(separator: ",")
        }
    }

    /// nil when one id is broken: a record that cannot be read must not grant more than it says.
    static func snowflakes(_ text: String) -> Limit<Snowflake>? {
        guard text != "*" else { return .all }
        let parts = text.split(separator: ",")
        let ids = parts.compactMap { Snowflake($0) }
        return ids.count == parts.count ? .only(Set(ids)) : nil
    }

    static func names(_ text: String) -> Limit<String> {
        text == "*" ? .all : .only(Set(text.split(separator: ",").map(String.init)))
    }
}

extension KeyRequest {
    /// Everything but the secrets, as the hash holds it.
    func fields(createdAt: Int64) -> [(KeyField, String)] {
        [
            (.environment, environment), (.tenant, tenant), (.name, name), (.level, level.name),
            (.guilds, KeyField.text(guilds)), (.channels, KeyField.text(channels)),
            (.toolsets, KeyField.text(toolsets)), (.user, discordUser?.description ?? ""),
            (.rate, rateLimit?.description ?? ""), (.note, note), (.created, String(createdAt)),
            (.expires, expiresAt.map { String($0) } ?? ""),
        ]
    }
}

extension KeyRecord {
    /// nil when there is no such key, or its record cannot be understood.
    init?(id: String, hash: RedisValue) {
        guard let elements = hash.array else { return nil }
        var fields: [KeyField: String] = [:]
        for index in stride(from: 0, to: elements.count - 1, by: 2) {
            if let name = elements[index].string, let field = KeyField(rawValue: name) {
                fields[field] = elements[index + 1].string
            }
        }
        self.init(id: id, fields: fields)
    }

    private init?(id: String, fields: [KeyField: String]) {
        guard let tenant = fields[.tenant], let name = fields[.name],
            let level = fields[.level].flatMap({ AccessLevel(name: $0) }),
            let guilds = fields[.guilds].flatMap(KeyField.snowflakes),
            let channels = fields[.channels].flatMap(KeyField.snowflakes),
            let toolsets = fields[.toolsets].map(KeyField.names)
        else { return nil }
        self.id = id
        environment = fields[.environment] ?? "live"
        self.tenant = tenant
        self.name = name
        self.level = level
        self.guilds = guilds
        self.channels = channels
        self.toolsets = toolsets
        discordUser = fields[.user].flatMap { Snowflake($0) }
        rateLimit = fields[.rate].flatMap { RateLimit($0) }
        note = fields[.note] ?? ""
        createdAt = fields[.created].flatMap { Int64($0) } ?? 0
        expiresAt = fields[.expires].flatMap { Int64($0) }
        revokedAt = fields[.revoked].flatMap { Int64($0) }
        isDisabled = fields[.disabled] == "1"
        lastUsedAt = fields[.used].flatMap { Int64($0) }
        previousSecretExpiresAt = fields[.oldSecretUntil].flatMap { Int64($0) }
    }
}
