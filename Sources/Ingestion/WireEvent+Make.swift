import Archive
import Contracts

// Ids only: whoever is told asks for the rest, within what its key allows.
extension WireEvent {
    init(
        type: String,
        guild: Snowflake,
        channel: Snowflake? = nil,
        message: Snowflake? = nil,
        user: Snowflake? = nil
    ) {
        self.init()
        self.type = type
        guildID = guild.rawValue
        channelID = channel?.rawValue ?? 0
        messageID = message?.rawValue ?? 0
        userID = user?.rawValue ?? 0
    }

    init(type: String, channel record: ChannelRecord, isDeleted: Bool = false) {
        self.init(type: type, guild: record.guildID, channel: record.id)
        channel = .make {
            $0.name = record.name
            $0.type = UInt32(clamping: record.type)
            $0.parentID = record.parentID?.rawValue ?? 0
            $0.deleted = isDeleted
        }
    }
}
