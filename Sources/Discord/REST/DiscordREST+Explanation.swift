import Contracts

extension DiscordError {
    /// Discord says that a permission is missing, and not which.
    var isMissingPermission: Bool { kind == .refused && (code == 50013 || code == 50001) }
}

extension DiscordREST {
    /// The refusal with the permissions that the bot lacks, as far as reads within the deadline tell.
    func explained(
        _ error: DiscordError,
        of request: RESTRequest,
        deadline: ContinuousClock.Instant
    ) async -> DiscordError {
        var explained = error
        let channel = request.endpoint.id("channel_id")
        if error.code == 50001 {
            // Whoever cannot see a channel cannot read its overwrites either.
            if channel != nil { explained.missingPermissions = Permissions.viewChannel.names }
            return explained
        }
        guard !request.permissions.isEmpty else { return explained }
        do throws(DiscordError) {
            explained.missingPermissions = try await unexplained.missing(
                request.permissions, channel: channel, guild: request.endpoint.id("guild_id"), deadline: deadline)
        } catch {
            // The refusal itself stays as Discord told it.
        }
        return explained
    }

    private func missing(
        _ needs: Permissions,
        channel: Snowflake?,
        guild: Snowflake?,
        deadline: ContinuousClock.Instant
    ) async throws(DiscordError) -> [String]? {
        var place: Channel?
        if let channel { place = try await self.channel(channel, deadline: deadline) }
        guard let guildID = place?.guildID ?? guild else { return nil }
        let found = try await self.guild(guildID, deadline: deadline)
        let bot = try await currentUser(deadline: deadline).id
        let member = try await member(bot, of: guildID, deadline: deadline)
        guard let owner = found.ownerID, let roles = found.roles else { return nil }
        let rights = GuildRights(guildID: guildID, ownerID: owner, roles: roles)
        let standing = GuildRights.Standing(
            userID: bot, roleIDs: member.roles ?? [],
            isTimedOut: member.isTimedOut(atUnixMilliseconds: clock.unixMilliseconds()))
        guard let place, let type = place.type else {
            return needs.subtracting(rights.permissions(of: standing)).names
        }
        var overwrites = place.permissionOverwrites ?? []
        var needs = needs
        if type.isThread {
            if let parent = place.parentID {
                overwrites = try await self.channel(parent, deadline: deadline).permissionOverwrites ?? []
            }
            if needs.remove(.sendMessages) != nil { needs.insert(.sendMessagesInThreads) }
        }
        let has = rights.permissions(of: standing, in: .init(type: type, overwrites: overwrites))
        return needs.subtracting(has).names
    }
}
