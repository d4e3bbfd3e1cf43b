/// A role, new or changed. Only permissions that the bot has may be given.
/// Source: <https://discord.com/developers/docs/resources/guild#create-guild-role>
public struct RoleRequest: Hashable, Sendable, RequestBody {
    /// The colours of a role.
    public struct Colors: Hashable, Sendable, Codable {
        public var primaryColor: Int
        public var secondaryColor: Int?
        public var tertiaryColor: Int?

        public init(_ primary: Int, _ secondary: Int? = nil, _ tertiary: Int? = nil) {
            primaryColor = primary
            secondaryColor = secondary
            tertiaryColor = tertiary
        }
    }

    /// At most 100 characters.
    public var name: String?
    public var permissions: Permissions?
    public var colors: Colors?
    public var hoist: Bool?
    public var mentionable: Bool?

    public init(name: String? = nil, permissions: Permissions? = nil) {
        self.name = name
        self.permissions = permissions
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.value(colors?.primaryColor, 0...0xFFFFFF, "colors.primary_color")
        return limits.problems
    }
}
