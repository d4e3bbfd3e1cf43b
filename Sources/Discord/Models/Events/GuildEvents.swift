public import Contracts

/// `GUILD_ROLE_CREATE` and `GUILD_ROLE_UPDATE`.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-role-create>
public struct GuildRoleEvent: Hashable, Sendable, Codable {
    public var guildID: Snowflake
    public var role: Role

    enum CodingKeys: String, CodingKey {
        case role
        case guildID = "guild_id"
    }
}

/// `GUILD_ROLE_DELETE`.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-role-delete>
public struct GuildRoleDeleteEvent: Hashable, Sendable, Codable {
    public var guildID: Snowflake
    public var roleID: Snowflake

    enum CodingKeys: String, CodingKey {
        case guildID = "guild_id"
        case roleID = "role_id"
    }
}

/// `GUILD_MEMBER_ADD` and `GUILD_MEMBER_UPDATE`: a member's fields beside the guild's id.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-member-update>
public struct GuildMemberEvent: Hashable, Sendable, Decodable {
    public var guildID: Snowflake
    public var member: Member

    init(guildID: Snowflake, member: Member) {
        self.guildID = guildID
        self.member = member
    }

    public init(from decoder: any Decoder) throws {
        guildID = try decoder.container(keyedBy: CodingKeys.self).decode(Snowflake.self, forKey: .guildID)
        member = try Member(from: decoder)
    }

    enum CodingKeys: String, CodingKey {
        case guildID = "guild_id"
    }
}

/// `GUILD_MEMBER_REMOVE`, `GUILD_BAN_ADD` and `GUILD_BAN_REMOVE`.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-member-remove>
public struct GuildUserEvent: Hashable, Sendable, Codable {
    public var guildID: Snowflake
    public var user: User

    enum CodingKeys: String, CodingKey {
        case user
        case guildID = "guild_id"
    }
}

/// `GUILD_MEMBERS_CHUNK`: a part of the answer to `GatewayCommand.requestGuildMembers`.
/// Source: <https://discord.com/developers/docs/events/gateway-events#guild-members-chunk>
public struct GuildMembersChunkEvent: Hashable, Sendable, Codable {
    public var guildID: Snowflake
    public var members: [Member]?
    public var chunkIndex: Int?
    public var chunkCount: Int?
    public var notFound: [Snowflake]?
    public var nonce: String?

    enum CodingKeys: String, CodingKey {
        case members, nonce
        case guildID = "guild_id"
        case chunkIndex = "chunk_index"
        case chunkCount = "chunk_count"
        case notFound = "not_found"
    }
}
