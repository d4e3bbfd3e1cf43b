/// Source: <https://discord.com/developers/docs/resources/guild#ban-object>
public struct Ban: Hashable, Sendable, Codable {
    public var reason: String?
    public var user: User?
}
