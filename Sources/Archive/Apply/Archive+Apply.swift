public import Contracts
internal import GRDB

extension Archive {
    /// Applies the mutations in order and saves the session, all in one transaction: after a crash the archive holds
    /// either both or neither, so a resume repeats exactly the events that are missing.
    ///
    /// A session id that is new for the shard begins a new epoch: what was covered so far may have changed unseen.
    ///
    /// - Parameter sight: asked inside the transaction wherever a mutation changes what the bot may see; without it
    ///   nothing counts as seen.
    public func apply(
        _ mutations: [ArchiveMutation],
        session: ShardSession,
        sight: @escaping ChannelSight = { _, _ in [] }
    ) async throws(ArchiveError) {
        try await write { database in
            let epoch = try SessionTable(database: database).save(session)
            var writer = MutationWriter(database: database, epoch: epoch, sight: sight)
            for mutation in mutations { try writer.apply(mutation) }
        }
    }

    /// Which of a guild's channels send their messages to the bot, by Discord's rules of permissions.
    public typealias ChannelSight = @Sendable (GuildView, [ChannelRecord]) -> Set<Snowflake>

    /// The session to resume; nil: none was saved.
    public func session(shard: Int) async throws(ArchiveError) -> ShardSession? {
        try await read { try SessionTable(database: $0).load(shard: shard) }
    }
}
