import Archive
import Contracts
import Discord
import Ingestion

extension QueryService {
    /// What a preflight needs to know before something is changed in Discord.
    func moderationContext(_ get: WireGetModerationContext, _ call: Call) async throws -> WireModerationContext {
        let guildID = Snowflake(get.guildID)
        guard call.scope.allows(guild: guildID) else { throw AccessDenial.guild(guildID).wireError }
        // Rights may have changed unseen; the executor then asks Discord itself.
        guard shards.serving(guildID)?.metrics().state == .ready else {
            throw WireError(
                .unavailable, "The gateway is not connected to Discord: what it knows may be out of date.",
                hint: "Ask again in some seconds.", retryAfterSeconds: 2)
        }
        guard let view = try await archive.guild(guildID) else { throw WireError.unknownGuild(guildID) }
        guard let identity = try await archive.identity(),
            let bot = try await member(identity.userID, of: guildID, call)
        else {
            throw WireError(
                .unavailable, "The gateway does not know yet who the bot is.", hint: "Ask again in some seconds.",
                retryAfterSeconds: 2)
        }
        var context = WireModerationContext()
        context.guildID = guildID.rawValue
        context.guildName = view.guild.name
        context.ownerID = view.guild.ownerID.rawValue
        context.roles = view.roles.map { role in
            .make {
                $0.id = role.id.rawValue
                $0.name = role.name
                $0.position = Int32(clamping: role.position)
                $0.permissions = role.permissions
            }
        }
        context.bot = WireMemberState(bot)
        if get.userID != 0, let target = try await member(Snowflake(get.userID), of: guildID, call) {
            context.target = WireMemberState(target)
        }
        if get.channelID != 0 { context.channel = try await channelState(get, call) }
        return context
    }

    /// Nil: not a member of the guild.
    private func member(_ user: Snowflake, of guild: Snowflake, _ call: Call) async throws -> MemberRecord? {
        if let known = try await archive.member(guild: guild, user: user) { return known }
        do {
            let member = try await discord.member(user, of: guild, deadline: call.deadline)
            guard let record = MemberRecord(member, guildID: guild) else { return nil }
            try await archive.learn(record)
            return record
        } catch let error as DiscordError where error.kind == .refused && error.status == 404 {
            return nil
        }
    }

    private func channelState(_ get: WireGetModerationContext, _ call: Call) async throws -> WireChannelState {
        let access = try await access(Snowflake(get.channelID), call)
        guard access.channel.guildID.rawValue == get.guildID else {
            throw WireError(
                .invalidArgument, "Channel \(access.channel.id) is not in guild \(get.guildID).",
                hint: "Name the guild of the channel.")
        }
        let overwrites = (access.channel.isThread ? access.parent?.overwrites : access.channel.overwrites) ?? []
        return .make { state in
            state.id = access.channel.id.rawValue
            state.guildID = access.channel.guildID.rawValue
            state.type = UInt32(clamping: access.channel.type)
            state.name = access.channel.name
            state.overwrites = overwrites.map { overwrite in
                .make {
                    $0.id = overwrite.id.rawValue
                    $0.type = UInt32(clamping: overwrite.kind.rawValue)
                    $0.allow = overwrite.allow
                    $0.deny = overwrite.deny
                }
            }
        }
    }
}

extension WireMemberState {
    init(_ member: MemberRecord) {
        self.init()
        userID = member.userID.rawValue
        roleIds = member.roleIDs.map(\.rawValue)
        timedOutUntilUnixMs = member.timedOutUntil ?? 0
        name = member.name
        isBot = member.isBot
    }
}
