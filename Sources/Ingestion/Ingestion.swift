internal import Archive
public import Contracts
public import Discord
public import Logging
internal import NIOConcurrencyHelpers

/// Brings one shard's dispatches into the archive and tells the other processes, in Discord's order.
///
/// A batch is one transaction together with the session's position: after a crash Discord repeats exactly what is
/// missing. Other processes are told after that, so what they ask for is there.
public actor Ingestion {
    /// How far the archive is, for the queries.
    public struct Progress: Hashable, Sendable {
        /// The last dispatch whose effects are stored.
        public internal(set) var sequence = 0
        /// Dispatches that could not be read, of any kind.
        public internal(set) var malformed: UInt64 = 0
        /// Dispatches that came a second time and were left out.
        public internal(set) var repeated: UInt64 = 0
        /// Guilds that READY named and that have not come yet; nil: no session yet.
        public internal(set) var awaitedGuilds: Set<Snowflake>?
    }

    private let store: any IngestionStore
    private let shard: Int
    private let publish: @Sendable (WireEvent) -> Void
    private let firstSession = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let now: @Sendable () -> Int64
    private let logger: Logger
    private let published = NIOLockedValueBox(Progress())
    private var translator: DispatchTranslator
    private var reportedKinds: Set<String> = []
    /// The last dispatch that was taken.
    private var taken: GatewaySession?

    /// - Parameters:
    ///   - botID: as the archive knows it from an earlier session.
    ///   - now: unix milliseconds.
    ///   - publish: tells the other processes; called after what it tells is stored.
    public init(
        store: any IngestionStore,
        shard: Int,
        botID: Snowflake?,
        now: @escaping @Sendable () -> Int64,
        logger: Logger,
        publish: @escaping @Sendable (WireEvent) -> Void
    ) {
        self.store = store
        self.shard = shard
        self.publish = publish
        self.now = now
        self.logger = logger
        translator = DispatchTranslator(botID: botID)
    }

    public nonisolated var progress: Progress { published.withLockedValue { $0 } }

    /// Returns when a session is resumed, or is new and all its guilds have come. For one caller.
    public nonisolated func waitForSession() async {
        for await _ in firstSession.stream { return }
    }

    /// Throws only when the archive cannot be written: then nothing may go on, and a restart resumes from what is there.
    public func apply(_ dispatches: [GatewayDispatch]) async throws {
        var batch = Batch()
        for dispatch in dispatches where take(dispatch) {
            batch.add(dispatch, translate(dispatch))
            // A new session ends the old one's coverage: what came before it belongs to the old one.
            if dispatch.name == "READY" {
                try await commit(batch)
                batch = Batch()
            }
        }
        try await commit(batch)
    }

    /// Whether it is new. The connection sorts repetitions out as well; counters must not depend on it alone.
    private func take(_ dispatch: GatewayDispatch) -> Bool {
        defer { taken = dispatch.position }
        // RESUMED has the sequence of the last event before it.
        guard let taken, dispatch.name != "READY", dispatch.name != "RESUMED", taken.id == dispatch.position.id else {
            return true
        }
        guard dispatch.position.sequence > taken.sequence else {
            published.withLockedValue { $0.repeated += 1 }
            return false
        }
        return true
    }

    private struct Batch {
        var mutations: [ArchiveMutation] = []
        var events: [WireEvent] = []
        var position: GatewaySession?
        /// Of a session that begins or goes on in this batch.
        var awaitedGuilds: Set<Snowflake>?
        var arrivedGuilds: Set<Snowflake> = []

        mutating func add(_ dispatch: GatewayDispatch, _ translation: Translation?) {
            position = dispatch.position
            mutations += translation?.mutations ?? []
            if let event = translation?.event { events.append(event) }
            switch dispatch.name {
            case "READY": awaitedGuilds = translation?.sessionGuilds ?? []
            case "RESUMED": awaitedGuilds = []
            case "GUILD_CREATE", "GUILD_DELETE":
                if let guild = translation?.event?.guildID { arrivedGuilds.insert(Snowflake(guild)) }
            default: break
            }
        }
    }

    private func commit(_ batch: Batch) async throws {
        guard let position = batch.position else { return }
        let now = now
        try await store.apply(batch.mutations, session: ShardSession(shard: shard, position)) { view, channels in
            view.visibleChannels(of: channels, now: now())
        }
        let isComplete = published.withLockedValue { progress in
            progress.sequence = position.sequence
            if let guilds = batch.awaitedGuilds { progress.awaitedGuilds = guilds }
            progress.awaitedGuilds?.subtract(batch.arrivedGuilds)
            return progress.awaitedGuilds?.isEmpty ?? false
        }
        for event in batch.events { publish(event) }
        if isComplete { firstSession.continuation.finish() }
    }

    private func translate(_ dispatch: GatewayDispatch) -> Translation? {
        do {
            return try translator.translate(dispatch, now: now())
        } catch {
            published.withLockedValue { $0.malformed += 1 }
            // Once for each kind: a kind that Discord changed comes again and again.
            if reportedKinds.insert(dispatch.name).inserted {
                logger.warning(
                    "A dispatch cannot be read; it and others like it are left out.",
                    metadata: [LogKey.reason: "\(dispatch.name)", LogKey.sequence: "\(dispatch.position.sequence)"])
            }
            return nil
        }
    }
}
