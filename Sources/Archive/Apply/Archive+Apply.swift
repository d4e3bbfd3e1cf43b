internal import GRDB

extension Archive {
    /// Applies the mutations in order and saves the session, all in one transaction: after a crash the archive holds
    /// either both or neither, so a resume repeats exactly the events that are missing.
    ///
    /// A session id that is new for the shard begins a new epoch: what was covered so far may have changed unseen.
    public func apply(_ mutations: [ArchiveMutation], session: ShardSession) async throws(ArchiveError) {
        try await write { database in
            let epoch = try SessionTable(database: database).save(session)
            let writer = MutationWriter(database: database, epoch: epoch)
            for mutation in mutations { try writer.apply(mutation) }
        }
    }

    /// The session to resume; nil: none was saved.
    public func session(shard: Int) async throws(ArchiveError) -> ShardSession? {
        try await read { try SessionTable(database: $0).load(shard: shard) }
    }
}
