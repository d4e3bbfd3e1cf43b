import Contracts

/// The server to exercise: the file that outside judges of Discord-compatible servers use.
struct World: Decodable, Sendable {
    struct Person: Decodable {
        let id: Snowflake
    }

    let api: String
    let gateway: String
    let token: String
    let guild: Snowflake
    let channel: Snowflake
    let channel2: Snowflake
    let members: [Person]
    let role: Snowflake?

    enum CodingKeys: String, CodingKey {
        case api, gateway, token, members
        case guild = "guild_id"
        case channel = "channel_id"
        case channel2 = "channel2_id"
        case role = "role_id"
    }
}
