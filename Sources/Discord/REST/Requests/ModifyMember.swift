public import Contracts

/// What to change of a member.
/// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-member>
public struct ModifyMember: Hashable, Sendable, RequestBody {
    /// At most 32 characters.
    public var nick: Edit<String>?
    /// All roles that the member shall have.
    public var roles: [Snowflake]?
    /// Only of members in voice.
    public var mute: Bool?
    public var deaf: Bool?
    /// Moves within voice; cleared disconnects.
    public var channelID: Edit<Snowflake>?
    /// At most 28 days ahead.
    public var communicationDisabledUntil: Edit<Timestamp>?

    public init() {}

    public var needs: Permissions {
        var needs = Permissions()
        if nick != nil { needs.insert(.manageNicknames) }
        if roles != nil { needs.insert(.manageRoles) }
        if mute != nil { needs.insert(.muteMembers) }
        if deaf != nil { needs.insert(.deafenMembers) }
        if channelID != nil { needs.insert(.moveMembers) }
        if communicationDisabledUntil != nil { needs.insert(.moderateMembers) }
        return needs
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(nick?.value, 0...32, "nick")
        return limits.problems
    }
}
