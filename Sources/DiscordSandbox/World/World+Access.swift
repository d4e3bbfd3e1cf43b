import Contracts

/// Who may do what. Source: <https://discord.com/developers/docs/topics/permissions#permission-hierarchy>
extension World {
    func guildPermissions(of userID: Snowflake, in guild: Guild) -> Permissions {
        guard guild.ownerID != userID else { return .all }
        guard let member = guild.members[userID] else { return [] }
        let roles = [guild.id] + member.roles
        let sum = roles.reduce(into: Permissions()) { $0.formUnion(guild.roles[$1]?.permissions ?? []) }
        if sum.contains(.administrator) { return .all }
        return isTimedOut(member) ? sum.intersection(.timedOut) : sum
    }

    func permissions(of userID: Snowflake, in channel: Channel) -> Permissions {
        if channel.kind == .directMessage { return channel.recipients.contains(userID) ? .directMessage : [] }
        guard let guild = guilds[channel.guildID] else { return [] }
        let base = guildPermissions(of: userID, in: guild)
        guard !base.contains(.administrator), let member = guild.members[userID] else { return base }
        let ruling = channel.kind.isThread ? channel.parentID.flatMap { channels[$0] } ?? channel : channel
        var result = base
        if let everyone = ruling.overwrites.first(where: { $0.id == guild.id }) {
            result = result.subtracting(everyone.deny).union(everyone.allow)
        }
        let held = ruling.overwrites.filter { $0.target == .role && member.roles.contains($0.id) }
        result.subtract(held.reduce(into: Permissions()) { $0.formUnion($1.deny) })
        result.formUnion(held.reduce(into: Permissions()) { $0.formUnion($1.allow) })
        if let own = ruling.overwrites.first(where: { $0.target == .member && $0.id == userID }) {
            result = result.subtracting(own.deny).union(own.allow)
        }
        if isTimedOut(member) { result.formIntersection(.timedOut) }
        guard result.contains(.viewChannel) else { return [] }
        if channel.kind == .privateThread, channel.thread?.members[userID] == nil, !result.contains(.manageThreads) {
            return []
        }
        if channel.kind.isThread {
            result.remove(.sendMessages)
            if result.contains(.sendMessagesInThreads) { result.insert(.sendMessages) }
        }
        if !result.contains(.sendMessages) {
            result.subtract([.mentionEveryone, .attachFiles, .embedLinks, .sendTTS])
        }
        if channel.kind.isVoice, !result.contains(.connect) { result.subtract(.voiceOnly) }
        return result
    }

    func isTimedOut(_ member: Member) -> Bool {
        member.timedOutUntil.map { $0 > now } ?? false
    }

    /// The guild, if that user is in it.
    func guild(_ id: Snowflake, seenBy userID: Snowflake) throws(APIError) -> Guild {
        guard let guild = guilds[id] else { throw .unknownGuild }
        guard guild.members[userID] != nil else { throw .missingAccess }
        return guild
    }

    func guild(_ id: Snowflake, where userID: Snowflake, has needed: Permissions) throws(APIError) -> Guild {
        let guild = try guild(id, seenBy: userID)
        guard guildPermissions(of: userID, in: guild).isSuperset(of: needed) else { throw .missingPermissions }
        return guild
    }

    func channel(_ id: Snowflake, seenBy userID: Snowflake) throws(APIError) -> Channel {
        guard let channel = channels[id] else { throw .unknownChannel }
        guard permissions(of: userID, in: channel).contains(.viewChannel) else { throw .missingAccess }
        return channel
    }

    func channel(_ id: Snowflake, where userID: Snowflake, has needed: Permissions) throws(APIError) -> Channel {
        let channel = try channel(id, seenBy: userID)
        guard permissions(of: userID, in: channel).isSuperset(of: needed) else { throw .missingPermissions }
        return channel
    }

    /// A channel of a guild: some things make no sense in a direct message.
    func guildChannel(
        _ id: Snowflake, where userID: Snowflake, has needed: Permissions = []
    ) throws(APIError) -> Channel {
        let channel = try channel(id, seenBy: userID)
        guard channel.kind != .directMessage else { throw .directMessageChannel }
        guard permissions(of: userID, in: channel).isSuperset(of: needed) else { throw .missingPermissions }
        return channel
    }

    /// Privileged intents gate REST as well. Source: <https://discord.com/developers/docs/events/gateway#privileged-intents>
    func requireIntent(_ intent: Intents, of userID: Snowflake) throws(APIError) {
        guard hasIntent(intent, userID) else { throw .missingAccess }
    }

    /// People's own tokens are not bound to intents.
    func hasIntent(_ intent: Intents, _ userID: Snowflake) -> Bool {
        guard users[userID]?.isBot == true else { return true }
        return accounts.values.contains { $0.userID == userID && $0.privilegedIntents.contains(intent) }
    }

    func message(_ id: Snowflake, in channelID: Snowflake) throws(APIError) -> Message {
        guard let message = histories[channelID]?[id] else { throw .unknownMessage }
        return message
    }

    /// Nobody acts on the owner, on a member of the same or a higher rank.
    func requireRank(of actor: Snowflake, above target: Snowflake, in guild: Guild) throws(APIError) {
        guard target != guild.ownerID else { throw .missingPermissions }
        guard actor != guild.ownerID, actor != target else { return }
        guard isAbove(guild.rank(of: actor), guild.rank(of: target)) else { throw .missingPermissions }
    }

    /// A role can only be given, taken or changed by someone above it.
    func requireRank(of actor: Snowflake, above role: Role, in guild: Guild) throws(APIError) {
        guard actor != guild.ownerID else { return }
        guard isAbove(guild.rank(of: actor), (role.position, role.id)) else { throw .missingPermissions }
    }

    private func isAbove(
        _ left: (position: Int, id: Snowflake), _ right: (position: Int, id: Snowflake)
    ) -> Bool {
        left.position != right.position ? left.position > right.position : left.id < right.id
    }
}
