public import Contracts

extension DiscordREST {
    public func channel(
        _ id: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Channel {
        try await get(Route.getChannel.at(id), deadline: deadline)
    }

    /// Without threads.
    public func channels(
        of guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Channel] {
        try await get(Route.getGuildChannels.at(guild), deadline: deadline)
    }

    /// At most 500 channels a guild.
    public func createChannel(
        _ channel: CreateChannel,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Channel {
        try await make(Route.createGuildChannel.at(guild), body: channel, reason: reason, deadline: deadline)
    }

    /// Changes a channel or a thread.
    public func modifyChannel(
        _ id: Snowflake,
        _ change: ModifyChannel,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Channel {
        try await make(Route.modifyChannel.at(id), body: change, reason: reason, deadline: deadline)
    }

    /// Cannot be undone.
    public func deleteChannel(
        _ id: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteChannel.at(id), reason: reason, deadline: deadline)
    }

    public func moveChannels(
        _ positions: [NewPosition],
        in guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.modifyGuildChannelPositions.at(guild), body: PositionList(entries: positions), deadline: deadline)
    }

    /// Replaces what a channel changes for a role or member. Only permissions that the bot has may be named.
    public func setOverwrite(
        _ overwrite: PermissionOverwrite,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.editChannelPermissions.at(channel, overwrite.id),
            body: OverwriteBody(type: overwrite.type, allow: overwrite.allow, deny: overwrite.deny), reason: reason,
            deadline: deadline)
    }

    public func removeOverwrite(
        of target: Snowflake,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteChannelPermission.at(channel, target), reason: reason, deadline: deadline)
    }

    /// Lets the posts of an announcement channel appear in another one.
    public func follow(
        _ announcements: Snowflake,
        into channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.followAnnouncementChannel.at(announcements), body: FollowBody(webhookChannelID: channel),
            reason: reason, deadline: deadline)
    }
}

private struct FollowBody: RequestBody {
    let webhookChannelID: Snowflake
}
