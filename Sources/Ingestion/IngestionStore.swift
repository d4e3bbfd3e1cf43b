public import Archive

/// Where ingestion puts what it understood.
public protocol IngestionStore: Sendable {
    /// Applies the mutations in order and saves the session: all or nothing.
    func apply(
        _ mutations: [ArchiveMutation],
        session: ShardSession,
        sight: @escaping Archive.ChannelSight
    ) async throws
}

extension Archive: IngestionStore {}
