import Archive
import Contracts
import Discord
import Logging
import NIOConcurrencyHelpers

/// Brings one shard's dispatches into the archive and tells the other processes, in Discord's order.
///
/// A batch is one transaction together with the session's position: after a crash Discord repeats exactly what is
/// missing. Other processes are told after that, so what they ask for is there.
actor Ingestion {
    /// How far the archive is, for the queries.
    struct Progress: Hashable, Sendable {
        /// The last dispatch whose effects are stored.
        var sequence = 0
        /// Dispatches that could not be read, of any kind.
        var malformed: UInt64 = 0
        /// Guilds that READY named and that have not come yet; nil: no session yet.
        var awaitedGuilds: Set<Snowflake>?
    }

    private let archive: Archive
    private let shard: Int
    private let publish: @Sendable (WireEvent) -> Void
    private let firstSession = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let now: @Sendable () -> Int64
    private let logger: Logger
    private let published = NIOLockedValueBox(Progress())
    private var translator: DispatchTranslator
    private var reportedKinds: Set<String> = []

    init(
        archive: Archive,
        shard: Int,
        botID: Snowflake?,
        now: @escaping @Sendable () -> Int64,
        logger: Logger,
        publish: @escaping @Sendable (WireEvent) -> Void
    ) {
        self.archive = archive
        self.shard = shard
        self.publish = publish
        self.now = now
        self.logger = logger
        translator = DispatchTranslator(botID: botID)
    }

    nonisolated var progress: Progress { published.withLockedValue { $0 } }

    /// Returns when a session is resumed, or is new and all its guilds have come. For one caller.
    nonisolated func waitForSession() async {
        for await _ in firstSession.stream { return }
    }

    /// Throws only when the archive cannot be written: then nothing may go on, and a restart resumes from what is there.
    func apply(_ dispatches: [GatewayDispatch]) async throws {
        var batch = Batch()
        for dispatch in dispatches {
            let translation = translate(dispatch)
            batch.add(dispatch, translation)
            // A new session ends the old one's coverage, and new rights must be looked at before what follows them.
            if dispatch.name == "READY" || translation?.rightsChangedIn != nil {
                try await commit(batch, rightsChangedIn: translation?.rightsChangedIn)
                batch = Batch()
            }
        }
        try await commit(batch, rightsChangedIn: nil)
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

    private func commit(_ batch: Batch, rightsChangedIn guild: Snowflake?) async throws {
        guard let position = batch.position else { return }
        let session = ShardSession(shard: shard, position)
        try await archive.apply(batch.mutations, session: session)
        if let guild { try await hideChannels(of: guild, session: session) }
        let isComplete = published.withLockedValue { progress in
            progress.sequence = position.sequence
            if let guilds = batch.awaitedGuilds { progress.awaitedGuilds = guilds }
            progress.awaitedGuilds?.subtract(batch.arrivedGuilds)
            return progress.awaitedGuilds?.isEmpty ?? false
        }
        for event in batch.events { publish(event) }
        if isComplete { firstSession.continuation.finish() }
    }

    /// Messages of a channel that the bot may no longer see do not come: its coverage ends here.
    private func hideChannels(of guild: Snowflake, session: ShardSession) async throws {
        guard let view = try await archive.guild(guild) else { return }
        let channels = try await archive.channels(guild: guild)
        let visible = view.visibleChannels(of: channels, now: now())
        let hidden = channels.map(\.id).filter { !visible.contains($0) }
        if !hidden.isEmpty { try await archive.apply([.channelsHidden(hidden)], session: session) }
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

extension ShardSession {
    init(shard: Int, _ session: GatewaySession) {
        self.init(
            shard: shard, sessionID: session.id, sequence: session.sequence, resumeURL: session.resumeURL,
            intents: session.intents.rawValue)
    }
}

extension GatewaySession {
    init(_ session: ShardSession) {
        self.init(
            id: session.sessionID, resumeURL: session.resumeURL, sequence: session.sequence,
            intents: GatewayIntents(rawValue: session.intents))
    }

    /// Whether the session may be resumed while the gateway's address is set by the operator: one of another server
    /// (or of a sandbox that had another port) is not worth waiting for.
    func isAt(_ address: String?) -> Bool {
        func server(_ url: String) -> Substring? {
            url.split(separator: "/", maxSplits: 2).dropFirst().first?.prefix { $0 != "?" && $0 != "/" }
        }
        return address.map { server($0) == server(resumeURL) } ?? true
    }
}
