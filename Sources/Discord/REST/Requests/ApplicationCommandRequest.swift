/// A command of the app, new or changed.
/// Source: <https://discord.com/developers/docs/interactions/application-commands#create-global-application-command>
public struct ApplicationCommandRequest: Hashable, Sendable, RequestBody {
    /// 1 to 32 characters.
    public var name: String?
    /// 1 to 100 characters; of slash commands.
    public var description: String?
    /// 1 slash, 2 user, 3 message; only of new ones.
    public var type: Int?
    /// At most 25, as Discord documents them.
    public var options: [JSONValue]?
    public var defaultMemberPermissions: Permissions?

    public init(name: String? = nil, description: String? = nil, type: Int? = nil) {
        self.name = name
        self.description = description
        self.type = type
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...32, "name")
        limits.length(description, 1...100, "description")
        limits.count(options, 0...25, "options")
        return limits.problems
    }
}
