import Contracts
import Discord
import Moderation

/// Asks Discord: slower, and it spends the rate limit, but needs no other process.
struct RESTGuildKnowledge: GuildKnowledge {
    private static let unknownMember = 10007

    let rest: DiscordREST

    func moderationContext(
        guild: Snowflake?,
        channel: Snowflake?,
        user: Snowflake?
    ) async throws(WireError) -> WireModerationContext {
        do throws(DiscordError) {
            var context = WireModerationContext()
            var guildID = guild
            if let channel {
                let found = try await rest.channel(channel)
                context.channel = try await state(of: found)
                guildID = guildID ?? found.guildID
            }
            guard let guildID else {
                throw DiscordError(kind: .refused, route: "", message: "the channel is in no guild", status: 404)
            }
            let found = try await rest.guild(guildID)
            context.guildID = found.id.rawValue
            context.guildName = found.name ?? ""
            context.ownerID = found.ownerID?.rawValue ?? 0
            context.roles = (found.roles ?? []).map(WireRoleState.init)
            if let bot = try await member(rest.currentUser().id, of: guildID) { context.bot = bot }
            if let user, let target = try await member(user, of: guildID) { context.target = target }
            return context
        } catch {
            throw error.wireError
        }
    }

    private func member(_ user: Snowflake, of guild: Snowflake) async throws(DiscordError) -> WireMemberState? {
        do {
            return WireMemberState(try await rest.member(user, of: guild), id: user)
        } catch  where error.code == Self.unknownMember {
            return nil
        }
    }

    /// A thread's overwrites are its parent's.
    private func state(of channel: Channel) async throws(DiscordError) -> WireChannelState {
        var overwrites = channel.permissionOverwrites
        if channel.type?.isThread == true, let parent = channel.parentID {
            overwrites = try await rest.channel(parent).permissionOverwrites
        }
        var state = WireChannelState()
        state.id = channel.id.rawValue
        state.guildID = channel.guildID?.rawValue ?? 0
        state.type = UInt32(clamping: channel.type?.rawValue ?? 0)
        state.name = channel.name ?? ""
        state.overwrites = (overwrites ?? []).map(WireOverwriteState.init)
        return state
    }
}

extension WireRoleState {
    fileprivate init(_ role: Role) {
        self.init()
        id = role.id.rawValue
        name = role.name ?? ""
        position = Int32(clamping: role.position ?? 0)
        permissions = role.permissions?.rawValue ?? 0
    }
}

extension WireMemberState {
    fileprivate init(_ member: Member, id: Snowflake) {
        self.init()
        userID = id.rawValue
        roleIds = (member.roles ?? []).map(\.rawValue)
        timedOutUntilUnixMs = member.communicationDisabledUntil?.unixMilliseconds ?? 0
        name = member.nick ?? member.user?.displayName ?? ""
        isBot = member.user?.bot ?? false
    }
}

extension WireOverwriteState {
    fileprivate init(_ overwrite: PermissionOverwrite) {
        self.init()
        id = overwrite.id.rawValue
        type = UInt32(clamping: overwrite.type.rawValue)
        allow = overwrite.allow.rawValue
        deny = overwrite.deny.rawValue
    }
}
