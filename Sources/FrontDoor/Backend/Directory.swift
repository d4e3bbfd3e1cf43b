import Contracts

/// The mirror's content. Pure.
struct Directory {
    private(set) var epoch: UInt64 = 0
    private(set) var sequence: UInt64 = 0
    var channels: [UInt64: WireDirectoryChannel] = [:]
    private(set) var guilds: [UInt64: String] = [:]

    init() {}

    init(_ snapshot: WireDirectory) {
        epoch = snapshot.epoch
        sequence = snapshot.sequence
        for guild in snapshot.guilds {
            guilds[guild.id] = guild.name
            for channel in guild.channels { channels[channel.id] = channel }
        }
    }

    /// The guilds that a key may know of, by age.
    func guilds(for grant: AccessGrant) -> [(id: UInt64, name: String)] {
        var visible = guilds.filter { grant.guilds.contains(Snowflake($0.key)) }
        if case .only(let ids) = grant.channels {
            let theirs = Set(ids.compactMap { channels[$0.rawValue]?.guildID })
            visible = visible.filter { theirs.contains($0.key) }
        }
        return visible.sorted { $0.key < $1.key }.map { (id: $0.key, name: $0.value) }
    }

    /// Events that the snapshot includes already are passed over.
    mutating func apply(_ event: WireEvent) {
        guard event.epoch > epoch || (event.epoch == epoch && event.sequence > sequence) else { return }
        epoch = event.epoch
        sequence = event.sequence
        if event.hasChannel {
            if event.channel.deleted {
                channels[event.channelID] = nil
            } else {
                var channel = WireDirectoryChannel()
                channel.id = event.channelID
                channel.guildID = event.guildID
                channel.name = event.channel.name
                channel.type = event.channel.type
                channel.parentID = event.channel.parentID
                channels[event.channelID] = channel
            }
        } else if event.type == "GUILD_DELETE" {
            guilds[event.guildID] = nil
            channels = channels.filter { $0.value.guildID != event.guildID }
        }
    }
}
