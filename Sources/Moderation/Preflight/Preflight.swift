import Contracts
import Discord

/// Whether Discord would let the bot do it, asked before anything is written or sent: a refusal that Discord would give
/// as "Missing Permissions" names the permission, or the roles that stand in the way, and what to change.
struct Preflight {
    /// What has to be looked up in Discord before the answer is yes.
    enum Condition: Hashable {
        /// Allowed only when the bot wrote the message; otherwise this is the refusal.
        case messageIsOwn(otherwise: WireError)
    }

    let context: WireModerationContext
    private let rights: GuildRights
    private let bot: GuildRights.Standing
    private let now: Int64

    /// - Throws: `unavailable` when the context does not describe the guild and the bot in it.
    init(_ context: WireModerationContext, nowUnixMilliseconds now: Int64) throws(WireError) {
        guard context.guildID != 0, context.hasBot, context.roles.contains(where: { $0.id == context.guildID }) else {
            throw WireError(
                .unavailable, "The guild's roles are not known yet, so the bot's permissions cannot be checked.",
                hint: "Try again in a few seconds. Is the bot a member of the guild?", retryAfterSeconds: 5)
        }
        self.context = context
        self.now = now
        rights = GuildRights(
            guildID: Snowflake(context.guildID), ownerID: Snowflake(context.ownerID),
            ranks: context.roles.map {
                GuildRights.Rank(
                    roleID: Snowflake($0.id), position: Int($0.position),
                    permissions: Permissions(rawValue: $0.permissions))
            })
        bot = GuildRights.Standing(context.bot, nowUnixMilliseconds: now)
    }

    /// - Returns: what must still hold; nil: allowed.
    /// - Throws: `missing_permission`, `hierarchy`, `not_found` or `invalid_argument`.
    func check(_ order: CommandOrder) throws(WireError) -> Condition? {
        switch order {
        case .send(let draft):
            try checkSend(draft)
            return nil
        case .moderate(let order):
            return try check(order)
        }
    }
}

extension Preflight {
    private func check(_ order: ModerationOrder) throws(WireError) -> Condition? {
        switch order.verb {
        case .deleteMessage:
            try require(.viewChannel, "VIEW_CHANNEL", inChannel: true)
            do {
                try require(.manageMessages, "MANAGE_MESSAGES", inChannel: true)
                return nil
            } catch {
                return .messageIsOwn(otherwise: error)
            }
        case .deleteMessages:
            try require(.viewChannel, "VIEW_CHANNEL", inChannel: true)
            try require(.manageMessages, "MANAGE_MESSAGES", inChannel: true)
        case .kick(let user):
            try refuseUntouchable(user, "kick")
            try require(.kickMembers, "KICK_MEMBERS", inChannel: false)
            try requireAbove(try member(user, "kicked"), "kick")
        case .ban(let user, _):
            try refuseUntouchable(user, "ban")
            try require(.banMembers, "BAN_MEMBERS", inChannel: false)
            // Somebody who is not a member has no roles: Discord bans by id.
            if let target = knownTarget(user) { try requireAbove(target, "ban") }
        case .timeOut(let user, _):
            try refuseUntouchable(user, "time out")
            try require(.moderateMembers, "MODERATE_MEMBERS", inChannel: false)
            let target = try member(user, "timed out")
            let standing = GuildRights.Standing(target, nowUnixMilliseconds: 0)
            if rights.permissions(of: standing).contains(.administrator) {
                throw WireError(
                    .hierarchy, "User \(user) is an administrator; Discord does not time administrators out.",
                    hint: "Take the role with ADMINISTRATOR from the user first, or kick the user.",
                    details: ["user_id": user.description])
            }
            try requireAbove(target, "time out")
        }
        return nil
    }

    private func checkSend(_ draft: MessageDraft) throws(WireError) {
        let type = ChannelType(rawValue: Int(context.channel.type))
        guard ![.category, .directory, .forum, .media].contains(type) else {
            throw WireError(
                .invalidArgument, "Channel \(draft.channel) is a \(type.name) channel, which takes no messages.",
                hint: "Choose a text channel or a thread.")
        }
        try require(.viewChannel, "VIEW_CHANNEL", inChannel: true)
        if type.isThread {
            try require(.sendMessagesInThreads, "SEND_MESSAGES_IN_THREADS", inChannel: true)
        } else {
            try require(.sendMessages, "SEND_MESSAGES", inChannel: true)
        }
        if draft.embed != nil { try require(.embedLinks, "EMBED_LINKS", inChannel: true) }
    }

    private func require(_ permission: Permissions, _ name: String, inChannel: Bool) throws(WireError) {
        let held = inChannel ? rights.permissions(of: bot, in: place) : rights.permissions(of: bot)
        guard !held.contains(permission) else { return }
        let timedOut = bot.isTimedOut ? " while it is timed out" : ""
        let location = inChannel ? "channel \(context.channel.id)" : "guild \(context.guildID)"
        throw WireError(
            .missingPermission, "The bot lacks \(name) in \(location)\(timedOut).",
            hint: inChannel
                ? "Allow \(name) for the bot's role in the channel's permissions, or in the server's role settings."
                : "Allow \(name) for the bot's role in the server's role settings.",
            details: ["missing_permission": name, "guild_id": String(context.guildID)])
    }

    private func refuseUntouchable(_ user: Snowflake, _ verb: String) throws(WireError) {
        if user == bot.userID {
            throw WireError(
                .hierarchy, "The bot does not \(verb) itself.", hint: "Name another user.",
                details: ["user_id": user.description])
        }
        if user == rights.ownerID {
            throw WireError(
                .hierarchy, "User \(user) owns the guild; nobody can \(verb) the owner.", hint: "Name another user.",
                details: ["user_id": user.description])
        }
    }

    private func knownTarget(_ user: Snowflake) -> WireMemberState? {
        context.hasTarget && context.target.userID == user.rawValue ? context.target : nil
    }

    private func member(_ user: Snowflake, _ participle: String) throws(WireError) -> WireMemberState {
        guard let target = knownTarget(user) else {
            throw WireError(
                .notFound, "User \(user) is not a member of guild \(context.guildID), so cannot be \(participle).",
                hint: "Check the id. A user who is not a member can still be banned.",
                details: ["user_id": user.description])
        }
        return target
    }

    private func requireAbove(_ target: WireMemberState, _ verb: String) throws(WireError) {
        let standing = GuildRights.Standing(target, nowUnixMilliseconds: now)
        guard !rights.canAct(bot, on: standing) else { return }
        let (own, other) = (rights.highestRank(of: bot), rights.highestRank(of: standing))
        throw WireError(
            .hierarchy,
            "The bot cannot \(verb) user \(target.userID): the user's highest role (\(text(other))) is not below the "
                + "bot's (\(text(own))).",
            hint: "Move the bot's role above the user's highest role in the server's role settings.",
            details: [
                "user_id": String(target.userID),
                "bot_role_position": own.map { String($0.position) } ?? "unknown",
                "target_role_position": other.map { String($0.position) } ?? "unknown",
            ])
    }

    /// Roles are named by id: their names are other people's text.
    private func text(_ rank: GuildRights.Rank?) -> String {
        rank.map { "\($0.roleID) at position \($0.position)" } ?? "unknown"
    }

    private var place: GuildRights.Place {
        GuildRights.Place(
            type: ChannelType(rawValue: Int(context.channel.type)),
            overwrites: context.channel.overwrites.map {
                PermissionOverwrite(
                    id: Snowflake($0.id), type: PermissionOverwrite.Kind(rawValue: Int($0.type)),
                    allow: Permissions(rawValue: $0.allow), deny: Permissions(rawValue: $0.deny))
            })
    }
}

extension GuildRights.Standing {
    fileprivate init(_ member: WireMemberState, nowUnixMilliseconds now: Int64) {
        self.init(
            userID: Snowflake(member.userID), roleIDs: member.roleIds.map { Snowflake($0) },
            isTimedOut: member.timedOutUntilUnixMs > now)
    }
}
