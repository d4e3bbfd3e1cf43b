public import Contracts

/// Who may do what in one guild: Discord's own rules, computed from plain values.
/// Source: <https://discord.com/developers/docs/topics/permissions#permission-hierarchy>
public struct GuildRights: Hashable, Sendable {
    /// What the rules need of a role.
    public struct Rank: Hashable, Sendable, Comparable {
        public let roleID: Snowflake
        public let position: Int
        public let permissions: Permissions

        public init(roleID: Snowflake, position: Int, permissions: Permissions) {
            self.roleID = roleID
            self.position = position
            self.permissions = permissions
        }

        /// Lower in the list of roles; of two at the same position the younger one (greater id) is lower.
        public static func < (left: Rank, right: Rank) -> Bool {
            (left.position, right.roleID) < (right.position, left.roleID)
        }
    }

    /// What the rules need of a member. @everyone need not be among the roles.
    public struct Standing: Hashable, Sendable {
        public let userID: Snowflake
        public let roleIDs: [Snowflake]
        public let isTimedOut: Bool

        public init(userID: Snowflake, roleIDs: [Snowflake], isTimedOut: Bool = false) {
            self.userID = userID
            self.roleIDs = roleIDs
            self.isTimedOut = isTimedOut
        }
    }

    /// What the rules need of a channel; of a thread its parent's overwrites.
    public struct Place: Hashable, Sendable {
        public let type: ChannelType
        public let overwrites: [PermissionOverwrite]

        public init(type: ChannelType, overwrites: [PermissionOverwrite]) {
            self.type = type
            self.overwrites = overwrites
        }
    }

    public let guildID: Snowflake
    public let ownerID: Snowflake
    private let ranks: [Snowflake: Rank]

    /// `ranks` holds all roles of the guild with @everyone (its id is the guild's).
    public init(guildID: Snowflake, ownerID: Snowflake, ranks: [Rank]) {
        self.guildID = guildID
        self.ownerID = ownerID
        self.ranks = Dictionary(ranks.map { ($0.roleID, $0) }, uniquingKeysWith: { _, last in last })
    }

    public init(guildID: Snowflake, ownerID: Snowflake, roles: [Role]) {
        let ranks = roles.map { Rank(roleID: $0.id, position: $0.position ?? 0, permissions: $0.permissions ?? []) }
        self.init(guildID: guildID, ownerID: ownerID, ranks: ranks)
    }

    /// Permissions in the guild as a whole.
    public func permissions(of member: Standing) -> Permissions {
        let base = basePermissions(of: member)
        guard base != .all, member.isTimedOut else { return base }
        return base.intersection(Self.leftByTimeout)
    }

    /// Permissions in one channel, with Discord's implicit denials applied. In a thread SEND_MESSAGES means nothing
    /// and is never set: ask for `Permissions.toSend(inThread:)`.
    public func permissions(of member: Standing, in place: Place) -> Permissions {
        var result = basePermissions(of: member)
        guard result != .all else { return .all }
        result = applying(place.overwrites, to: result, of: member)
        if place.type.isThread { result.remove(.sendMessages) }
        if member.isTimedOut { result.formIntersection(Self.leftByTimeout) }
        guard result.contains(.viewChannel) else { return [] }
        if !result.contains(.toSend(inThread: place.type.isThread)) { result.subtract(Self.needingSend) }
        if place.type.isVoice, !result.contains(.connect) { result.subtract(Self.needingConnect) }
        return result
    }

    /// The highest role of a member, @everyone when there is no other; nil when the roles are not known.
    public func highestRank(of member: Standing) -> Rank? {
        rolesWithEveryone(of: member).max()
    }

    /// Whether the hierarchy lets one member kick, ban, time out or rename the other. Permissions are another matter.
    public func canAct(_ actor: Standing, on target: Standing) -> Bool {
        guard target.userID != ownerID, actor.userID != target.userID else { return false }
        if actor.userID == ownerID { return true }
        guard let own = highestRank(of: actor), let other = highestRank(of: target) else { return false }
        return other < own
    }

    /// Whether the hierarchy lets a member grant, edit or remove a role.
    public func canManage(_ actor: Standing, role: Snowflake) -> Bool {
        if actor.userID == ownerID { return true }
        guard let own = highestRank(of: actor), let other = ranks[role] else { return false }
        return other < own
    }

    private static let leftByTimeout: Permissions = [.viewChannel, .readMessageHistory]
    private static let needingSend: Permissions = [.mentionEveryone, .sendTTSMessages, .attachFiles, .embedLinks]
    private static let needingConnect: Permissions = [
        .manageChannels, .manageRoles, .prioritySpeaker, .stream, .speak, .muteMembers, .deafenMembers, .moveMembers,
        .useVAD, .requestToSpeak, .useEmbeddedActivities, .useSoundboard, .useExternalSounds, .setVoiceChannelStatus,
    ]

    private func rolesWithEveryone(of member: Standing) -> [Rank] {
        ([guildID] + member.roleIDs).compactMap { ranks[$0] }
    }

    private func basePermissions(of member: Standing) -> Permissions {
        if member.userID == ownerID { return .all }
        let base = rolesWithEveryone(of: member).reduce(into: Permissions()) { $0.formUnion($1.permissions) }
        return base.contains(.administrator) ? .all : base
    }

    private func applying(
        _ overwrites: [PermissionOverwrite],
        to base: Permissions,
        of member: Standing
    ) -> Permissions {
        var result = base
        for overwrite in overwrites where overwrite.type == .role && overwrite.id == guildID {
            result = result.subtracting(overwrite.deny).union(overwrite.allow)
        }
        var allow = Permissions()
        var deny = Permissions()
        for overwrite in overwrites
        where overwrite.type == .role && overwrite.id != guildID && member.roleIDs.contains(overwrite.id) {
            allow.formUnion(overwrite.allow)
            deny.formUnion(overwrite.deny)
        }
        result = result.subtracting(deny).union(allow)
        for overwrite in overwrites where overwrite.type == .member && overwrite.id == member.userID {
            result = result.subtracting(overwrite.deny).union(overwrite.allow)
        }
        return result
    }
}
