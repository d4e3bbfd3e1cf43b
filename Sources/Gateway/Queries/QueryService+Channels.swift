import Archive
import Bus
import Contracts
import Discord
import Ingestion

extension QueryService {
    func channelInfo(_ get: WireGetChannelInfo, _ call: Call) async throws -> Answer {
        let access = try await access(Snowflake(get.channelID), call)
        let channel = access.channel
        let answer = ChannelAnswer(
            id: channel.id, name: channel.name, type: ChannelType(rawValue: channel.type).name,
            typeID: channel.type,
            guild: .init(
                id: access.guild.guild.id, name: access.guild.guild.name, memberCount: access.guild.guild.memberCount),
            parent: access.parent.map { .init(id: $0.id, name: $0.name) }, topic: channel.topic,
            nsfw: channel.isNSFW, slowmodeSeconds: channel.slowmodeSeconds, position: channel.position,
            archived: channel.isThread ? channel.isArchived : nil, locked: channel.isThread ? channel.isLocked : nil,
            createdAt: Timestamp(unixMilliseconds: channel.id.unixMilliseconds).description,
            botPermissions: access.permissions?.names, source: access.isFresh ? "discord" : "cache")
        return Answer(text: answer.text, source: answer.source, json: try DiscordJSON.encode(answer))
    }

    /// A channel or thread that the directory does not list yet.
    func resolve(_ id: Snowflake, _ call: Call) async throws -> WireDirectoryChannel {
        WireDirectoryChannel(try await access(id, call).channel)
    }

    /// The position is read first: every event up to it is in what is read afterwards.
    func directory(_ call: Call) async throws -> WireDirectory {
        let position = position()
        let identity = try await archive.identity()
        let entries = try await archive.directory()
        return .make { directory in
            directory.epoch = position.epoch
            directory.sequence = position.sequence
            directory.botUserID = identity?.userID.rawValue ?? 0
            directory.botName = identity?.name ?? ""
            directory.guilds = entries.filter { call.scope.allows(guild: $0.guild.id) }.map { entry in
                .make { guild in
                    guild.id = entry.guild.id.rawValue
                    guild.name = entry.guild.name
                    guild.memberCount = UInt64(clamping: entry.guild.memberCount)
                    guild.channels = entry.channels.filter { call.scope.allows(channel: $0.id) }
                        .map(WireDirectoryChannel.init)
                }
            }
        }
    }

    func status() async throws -> WireGatewayStatus {
        let counts = try await archive.counts()
        let identity = try await archive.identity()
        let position = position()
        return .make {
            $0.shards = shards.all().map(\.status)
            $0.guilds = UInt64(clamping: counts.guilds)
            $0.channels = UInt64(clamping: counts.channels)
            $0.members = UInt64(clamping: counts.members)
            $0.archivedMessages = UInt64(clamping: counts.messages)
            $0.epoch = position.epoch
            $0.lastSequence = position.sequence
            $0.botName = identity?.name ?? ""
            $0.botUserID = identity?.userID.rawValue ?? 0
        }
    }
}

extension WireDirectoryChannel {
    init(_ channel: ChannelRecord) {
        self.init()
        id = channel.id.rawValue
        guildID = channel.guildID.rawValue
        name = channel.name
        type = UInt32(clamping: channel.type)
        parentID = channel.parentID?.rawValue ?? 0
    }
}

extension ChannelAnswer {
    fileprivate var text: String {
        var facts = ["\(type)", "made \(createdAt.prefix(10))", "slow mode \(slowmodeSeconds) s"]
        if nsfw { facts.append("age-restricted") }
        if archived == true { facts.append("archived") }
        if locked == true { facts.append("locked") }
        let permissions = botPermissions.map { $0.isEmpty ? "nothing" : $0.joined(separator: ", ") } ?? "unknown"
        var lines = [
            "Channel \(id): \(facts.joined(separator: ", "))",
            "Guild \(guild.id) with \(guild.memberCount) members",
            "The bot may: \(permissions)",
            UntrustedText.namesNotice,
            "Channel name: #\(UntrustedText.line(name))",
            "Guild name: \(UntrustedText.line(guild.name))",
        ]
        if let parent { lines.append("Parent \(parent.id): \(UntrustedText.line(parent.name))") }
        if let topic, !topic.isEmpty { lines.append("Topic: \(UntrustedText.line(topic))") }
        return lines.joined(separator: "\n")
    }
}
