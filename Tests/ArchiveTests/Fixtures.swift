import Archive
import Contracts
import TestSupport

let guildID = Snowflake(1_000)
let otherGuildID = Snowflake(2_000)
let channelID = Snowflake(10_000)
let otherChannelID = Snowflake(20_000)
let ada = Snowflake(501)
let grace = Snowflake(502)

func withArchive<Result>(_ body: (Archive) async throws -> Result) async throws -> Result {
    try await withTemporaryDirectory { directory in
        let archive = try Archive(directory: directory + "/archive")
        let result = try await body(archive)
        try archive.close()
        return result
    }
}

func session(_ sequence: Int, id: String = "session-1") -> ShardSession {
    ShardSession(shard: 0, sessionID: id, sequence: sequence, resumeURL: "wss://resume.example", intents: 513)
}

func channel(
    _ id: Snowflake = channelID,
    type: Int = 0,
    parent: Snowflake? = nil,
    last: UInt64? = nil,
    overwrites: [OverwriteRecord] = []
) -> ChannelRecord {
    ChannelRecord(
        id: id, guildID: guildID, parentID: parent, name: "channel-\(id)", type: type, topic: "a topic",
        slowmodeSeconds: 5, lastMessageID: last.map { Snowflake($0) }, overwrites: overwrites)
}

func snapshot(
    channels: [ChannelRecord] = [channel(), channel(otherChannelID)],
    roles: [RoleRecord] = [],
    members: [MemberRecord] = []
) -> ArchiveMutation {
    .guild(
        GuildSnapshot(
            guild: GuildRecord(id: guildID, name: "Guild", ownerID: ada, memberCount: 3), roles: roles,
            channels: channels, members: members, visibleChannels: Set(channels.map(\.id))))
}

func message(
    _ id: UInt64,
    _ content: String = "hello",
    channel: Snowflake = channelID,
    author: Snowflake = ada,
    editedAt: Int64? = nil,
    pinned: Bool = false,
    attachments: Bool = false,
    embeds: Bool = false
) -> MessageRecord {
    MessageRecord(
        id: Snowflake(id), channelID: channel, guildID: guildID, authorID: author, authorName: "Ada",
        content: content, editedAt: editedAt, isPinned: pinned, hasAttachments: attachments, hasEmbeds: embeds)
}

extension ArchivedPage {
    var ids: [UInt64] { messages.map(\.id.rawValue) }
}

extension MessageSearchResult {
    var ids: [UInt64] { messages.map(\.id.rawValue) }
}
