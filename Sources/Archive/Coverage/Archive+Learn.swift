public import Contracts
internal import GRDB

extension Archive {
    /// What was known of a channel when Discord was asked for a page: needed to judge what the answer makes known.
    public struct LearningTicket: Hashable, Sendable {
        let channel: Snowflake
        let epoch: Int64
        let openFrom: UInt64?
    }

    /// To be called before Discord is asked.
    public func beginLearning(channel: Snowflake, shard: Int) async throws(ArchiveError) -> LearningTicket {
        try await read { database in
            let table = CoverageTable(database: database)
            let epoch = try table.currentEpoch(shard: shard)
            let coverage = try table.load(channel: channel, epoch: epoch)
            return LearningTicket(channel: channel, epoch: epoch, openFrom: coverage.openFrom)
        }
    }

    /// Keeps a page that Discord answered, all messages of it.
    ///
    /// - Parameter page: what Discord was asked, with one bound at
    ///   most; a `before` that lies in the future must be left out.
    public func learn(
        _ messages: [MessageRecord],
        page: MessagePage,
        ticket: LearningTicket
    ) async throws(ArchiveError) {
        try await write { database in
            let writer = MutationWriter(database: database, epoch: ticket.epoch)
            for message in messages { try writer.save(message) }
            let range = Coverage.learned(
                ids: messages.map(\.id.rawValue), page: page, openFrom: ticket.openFrom)
            if let range { try writer.coverage.insert(range, channel: ticket.channel, epoch: ticket.epoch) }
        }
    }

    /// Keeps a channel or thread that Discord was asked for because nothing was known of it.
    public func learn(_ channel: ChannelRecord) async throws(ArchiveError) {
        try await write { try MutationWriter(database: $0, epoch: 0).save(channel) }
    }

    /// Keeps a member that Discord was asked for because nothing was known of it.
    public func learn(_ member: MemberRecord) async throws(ArchiveError) {
        try await write { try MutationWriter(database: $0, epoch: 0).save(member) }
    }
}
