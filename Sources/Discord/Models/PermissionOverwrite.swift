public import Contracts

/// What a channel changes about the permissions of a role or a member.
/// Source: <https://discord.com/developers/docs/resources/channel#overwrite-object>
public struct PermissionOverwrite: Hashable, Sendable, Codable {
    /// Whom an overwrite is for. Kinds that Discord may add survive as numbers.
    public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        public static let role = Kind(rawValue: 0)
        public static let member = Kind(rawValue: 1)
    }

    public var id: Snowflake
    public var type: Kind
    public var allow: Permissions
    public var deny: Permissions

    public init(id: Snowflake, type: Kind, allow: Permissions = [], deny: Permissions = []) {
        self.id = id
        self.type = type
        self.allow = allow
        self.deny = deny
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(Snowflake.self, forKey: .id)
        if let kind = try? container.decode(Kind.self, forKey: .type) {
            type = kind
        } else {
            // Old payloads and the audit log have names or digits as strings.
            let name = try container.decode(String.self, forKey: .type)
            type = ["member", "1"].contains(name) ? .member : .role
        }
        allow = try container.decodeIfPresent(Permissions.self, forKey: .allow) ?? []
        deny = try container.decodeIfPresent(Permissions.self, forKey: .deny) ?? []
    }

    enum CodingKeys: String, CodingKey {
        case id, type, allow, deny
    }
}
