import Archive
import Contracts
import Discord
import Ingestion

/// A channel that the caller may look at, and what the bot may do there.
struct ChannelAccess {
    var channel: ChannelRecord
    var parent: ChannelRecord?
    var guild: GuildView
    /// Nil: the bot's own member is not known, so Discord must decide.
    var permissions: Permissions?
    /// Discord was asked for the channel.
    var isFresh = false

    /// Throws `missing_permission` with the first permission that reading needs and the bot lacks, and
    /// `invalid_argument` for a channel that holds no messages.
    func requireReading() throws(WireError) {
        switch ChannelType(rawValue: channel.type) {
        case .category, .directory:
            throw WireError(
                .invalidArgument, "Channel \(channel.id) is a category and holds no messages.",
                hint: "Name one of the channels in it.")
        case .forum, .media:
            throw WireError(
                .invalidArgument, "Channel \(channel.id) is a forum: its messages are in its threads.",
                hint: "Name one of its threads; a thread's id is a channel id.")
        default: break
        }
        guard let permissions else { return }
        let needed: Permissions = [.viewChannel, .readMessageHistory]
        guard let missing = needed.subtracting(permissions).names.first else { return }
        throw WireError(
            .missingPermission, "The bot lacks \(missing) in channel \(channel.id).",
            hint: "Give the bot's role \(missing) there: in the channel's settings under Permissions.",
            details: ["missing_permission": missing])
    }
}

extension QueryService {
    /// The channel, when the caller's scope allows it. A channel that is not known is asked of Discord: it may be an
    /// archived thread.
    func access(_ id: Snowflake, _ call: Call) async throws -> ChannelAccess {
        guard id.rawValue != 0 else { throw WireError(.invalidArgument, "A channel id is needed.") }
        // Before anything is looked up: a caller must not learn which other channels there are.
        guard call.scope.allows(channel: id) else { throw AccessDenial.channel(id).wireError }
        let known = try await archive.channel(id)
        let channel = if let known { known } else { try await lookUp(id, call) }
        guard call.scope.allows(guild: channel.guildID) else { throw AccessDenial.guild(channel.guildID).wireError }
        guard let guild = try await archive.guild(channel.guildID) else {
            throw WireError.unknownGuild(channel.guildID)
        }
        var parent: ChannelRecord?
        if let parentID = channel.parentID { parent = try await archive.channel(parentID) }
        return ChannelAccess(
            channel: channel, parent: parent, guild: guild,
            permissions: guild.botPermissions(in: channel, parent: parent, now: now()),
            isFresh: known == nil)
    }

    private func lookUp(_ id: Snowflake, _ call: Call) async throws -> ChannelRecord {
        do {
            let channel = try await discord.channel(id, deadline: call.deadline)
            guard let guildID = channel.guildID else { throw WireError.unknownChannel(id) }
            let record = ChannelRecord(channel, guildID: guildID)
            // Only of guilds that are known; the guild's own snapshot brings the rest.
            if try await archive.guild(guildID) != nil { try await archive.learn(record) }
            return record
        } catch let error as DiscordError where error.kind == .refused {
            throw WireError.unknownChannel(id)
        }
    }
}

extension WireError {
    static func unknownChannel(_ id: Snowflake) -> WireError {
        WireError(
            .notFound, "There is no channel \(id) that the bot can see.",
            hint: "discord://status lists the guilds and channels; a message id or a user id is no channel id.")
    }

    static func unknownGuild(_ id: Snowflake) -> WireError {
        WireError(
            .notFound, "The bot is not a member of guild \(id), or the guild has not arrived yet.",
            hint: "discord://status lists the guilds. After a start it takes some seconds until all are there.")
    }
}
