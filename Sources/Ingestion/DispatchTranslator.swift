import Archive
import Contracts
import Discord

/// Turns Discord's dispatches into mutations and events. Knows who the bot is, and nothing else.
struct DispatchTranslator {
    /// Set by READY; of a resumed session it comes from the archive.
    private(set) var botID: Snowflake?

    init(botID: Snowflake?) {
        self.botID = botID
    }

    /// Nil: a dispatch that we have no use for.
    ///
    /// - Parameter now: unix milliseconds.
    mutating func translate(_ dispatch: GatewayDispatch, now: Int64) throws -> Translation? {
        switch dispatch.name {
        // First what comes most.
        case "MESSAGE_CREATE", "MESSAGE_UPDATE": written(try dispatch.read(ArrivedMessage.self), dispatch)
        case "READY": ready(try dispatch.decode(ReadyEvent.self))

        case "GUILD_CREATE": created(try dispatch.decode(Guild.self), now: now)
        case "GUILD_UPDATE": updated(try dispatch.decode(Guild.self))
        case "GUILD_DELETE": deleted(try dispatch.decode(UnavailableGuild.self))

        case "CHANNEL_CREATE", "THREAD_CREATE":
            changed(try dispatch.decode(Channel.self), dispatch.name, isNew: true)
        case "CHANNEL_UPDATE", "THREAD_UPDATE":
            changed(try dispatch.decode(Channel.self), dispatch.name, isNew: false)
        case "CHANNEL_DELETE", "THREAD_DELETE": removed(try dispatch.decode(Channel.self), dispatch.name)
        case "THREAD_LIST_SYNC": synchronized(try dispatch.decode(ThreadListSyncEvent.self))

        case "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE":
            changed(try dispatch.decode(GuildRoleEvent.self), dispatch.name)
        case "GUILD_ROLE_DELETE": removed(try dispatch.decode(GuildRoleDeleteEvent.self))

        case "GUILD_MEMBER_ADD": changed(try dispatch.read(GuildMemberEvent.self), dispatch.name, isNew: true)
        case "GUILD_MEMBER_UPDATE": changed(try dispatch.read(GuildMemberEvent.self), dispatch.name, isNew: false)
        case "GUILD_MEMBER_REMOVE": removed(try dispatch.decode(GuildUserEvent.self), now: now)
        case "GUILD_MEMBERS_CHUNK": listed(try dispatch.decode(GuildMembersChunkEvent.self))

        case "GUILD_BAN_ADD": banned(try dispatch.decode(GuildUserEvent.self), now: now)
        case "GUILD_BAN_REMOVE": unbanned(try dispatch.decode(GuildUserEvent.self))
        case "GUILD_AUDIT_LOG_ENTRY_CREATE": recorded(try dispatch.read(AuditLogEntry.self), now: now)

        case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
            deleted(try dispatch.read(MessagesDeletedEvent.self), dispatch.name, now: now)
        case "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE", "MESSAGE_REACTION_REMOVE_ALL",
            "MESSAGE_REACTION_REMOVE_EMOJI":
            reacted(try dispatch.read(MessageReactionEvent.self), dispatch.name)
        case "MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE":
            voted(try dispatch.decode(MessagePollVoteEvent.self), dispatch.name)
        case "CHANNEL_PINS_UPDATE": pinned(try dispatch.decode(ChannelPinsUpdateEvent.self))

        default: nil
        }
    }
}

extension DispatchTranslator {
    private mutating func ready(_ ready: ReadyEvent) -> Translation {
        botID = ready.user.id
        let shard = ready.shard ?? [0, 1]
        let guilds = (ready.guilds ?? []).map(\.id)
        return Translation(
            mutations: [
                .identity(BotIdentity(userID: ready.user.id, name: ready.user.displayName)),
                .guildsOfShard(guilds, shard: shard.first ?? 0, shardCount: shard.last ?? 1),
            ], sessionGuilds: Set(guilds))
    }

    private func created(_ guild: Guild, now: Int64) -> Translation {
        let event = WireEvent(type: "GUILD_CREATE", guild: guild.id)
        if guild.unavailable == true { return Translation(mutations: [.guildUnavailable(guild.id)], event: event) }
        let record = GuildRecord(
            id: guild.id, name: guild.name ?? "", ownerID: guild.ownerID ?? Snowflake(0),
            memberCount: guild.memberCount ?? 0)
        let roles = (guild.roles ?? []).map { RoleRecord($0, guildID: guild.id) }
        let members = (guild.members ?? []).compactMap { MemberRecord($0, guildID: guild.id) }
        let channels = ((guild.channels ?? []) + (guild.threads ?? [])).map { ChannelRecord($0, guildID: guild.id) }
        let view = GuildView(guild: record, roles: roles, bot: members.first { $0.userID == botID })
        let snapshot = GuildSnapshot(
            guild: record, roles: roles, channels: channels, members: members,
            visibleChannels: view.visibleChannels(of: channels, now: now))
        return Translation(mutations: [.guild(snapshot)], event: event)
    }

    private func updated(_ guild: Guild) -> Translation {
        let roles = (guild.roles ?? []).map { ArchiveMutation.role(RoleRecord($0, guildID: guild.id)) }
        let update = ArchiveMutation.guildUpdated(
            guild: guild.id, name: guild.name ?? "", ownerID: guild.ownerID ?? Snowflake(0))
        return Translation(
            mutations: [update] + roles + [.rightsChanged(guild: guild.id)],
            event: WireEvent(type: "GUILD_UPDATE", guild: guild.id))
    }

    private func deleted(_ guild: UnavailableGuild) -> Translation {
        Translation(
            mutations: [guild.unavailable == true ? .guildUnavailable(guild.id) : .guildRemoved(guild.id)],
            event: WireEvent(type: "GUILD_DELETE", guild: guild.id))
    }

    private func changed(_ channel: Channel, _ name: String, isNew: Bool) -> Translation? {
        guard let guildID = channel.guildID else { return nil }
        let record = ChannelRecord(channel, guildID: guildID)
        // Whether it can be seen at all is looked at afterwards, when its overwrites and parent are stored.
        return Translation(
            mutations: [.channel(record, isVisible: isNew), .rightsChanged(guild: guildID)],
            event: WireEvent(type: name, channel: record))
    }

    private func removed(_ channel: Channel, _ name: String) -> Translation? {
        guard let guildID = channel.guildID else { return nil }
        let record = ChannelRecord(channel, guildID: guildID)
        return Translation(
            mutations: [.channelRemoved(channel.id)], event: WireEvent(type: name, channel: record, isDeleted: true))
    }

    private func synchronized(_ sync: ThreadListSyncEvent) -> Translation {
        let threads = (sync.threads ?? []).map { ChannelRecord($0, guildID: sync.guildID) }
        return Translation(
            mutations: [.threads(guild: sync.guildID, parents: sync.channelIDs, threads: threads)],
            event: WireEvent(type: "THREAD_LIST_SYNC", guild: sync.guildID))
    }

    private func changed(_ event: GuildRoleEvent, _ name: String) -> Translation {
        Translation(
            mutations: [.role(RoleRecord(event.role, guildID: event.guildID)), .rightsChanged(guild: event.guildID)],
            event: WireEvent(type: name, guild: event.guildID))
    }

    private func removed(_ event: GuildRoleDeleteEvent) -> Translation {
        Translation(
            mutations: [
                .roleRemoved(guild: event.guildID, role: event.roleID), .rightsChanged(guild: event.guildID),
            ],
            event: WireEvent(type: "GUILD_ROLE_DELETE", guild: event.guildID))
    }

    private func changed(_ event: GuildMemberEvent, _ name: String, isNew: Bool) -> Translation? {
        guard let member = MemberRecord(event.member, guildID: event.guildID) else { return nil }
        var translation = Translation(
            mutations: [.member(member)], event: WireEvent(type: name, guild: event.guildID, user: member.userID))
        if isNew { translation.mutations.append(.memberCountChanged(guild: event.guildID, by: 1)) }
        if member.userID == botID { translation.mutations.append(.rightsChanged(guild: event.guildID)) }
        return translation
    }

    private func removed(_ event: GuildUserEvent, now: Int64) -> Translation {
        Translation(
            mutations: [
                .memberRemoved(guild: event.guildID, user: event.user.id, at: now),
                .memberCountChanged(guild: event.guildID, by: -1),
            ],
            event: WireEvent(type: "GUILD_MEMBER_REMOVE", guild: event.guildID, user: event.user.id))
    }

    private func listed(_ chunk: GuildMembersChunkEvent) -> Translation {
        Translation(
            mutations: (chunk.members ?? []).compactMap { MemberRecord($0, guildID: chunk.guildID) }
                .map { .member($0) })
    }
}
