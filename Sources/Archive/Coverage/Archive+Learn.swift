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

    /// Keeps a page that Discord answered, all messages of it. What the archive has in between and Discord has not was
    /// deleted while no session was there to say so.
    ///
    /// - Parameters:
    ///   - page: what Discord was asked, with one bound at most; a `before` that lies in the future must be left out.
    ///   - now: unix milliseconds, the time that such a deletion gets.
    public func learn(
        _ messages: [MessageRecord],
        page: MessagePage,
        ticket: LearningTicket,
        now: Int64
    ) async throws(ArchiveError) {
        try await write { database in
            let writer = MutationWriter(database: database, epoch: ticket.epoch)
            let known = try writer.coverage.load(channel: ticket.channel, epoch: ticket.epoch)
            for message in messages {
                try writer.save(message)
                // Of what this session covers already, its own events count the reactions.
                if let reactions = message.reactions, known.range(holding: message.id.rawValue) == nil {
                    try writer.replaceReactions(of: message.id, with: reactions)
                }
            }
            let ids = messages.map(\.id.rawValue)
            guard let range = Coverage.learned(ids: ids, page: page, openFrom: ticket.openFrom) else { return }
            try writer.coverage.insert(range, channel: ticket.channel, epoch: ticket.epoch)
            // And they tell the deletions.
            for id in try writer.remaining(in: ticket.channel, range: range)
            where !ids.contains(id.rawValue) && known.range(holding: id.rawValue) == nil {
                try writer.markDeleted(id, at: now)
            }
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
