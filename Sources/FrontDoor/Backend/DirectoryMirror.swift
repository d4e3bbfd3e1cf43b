import Bus
import Contracts
import Logging
import NIOConcurrencyHelpers

/// Which guild each channel belongs to, as the gateway process knows it: a snapshot, kept up to date by events.
///
/// The order is that of the Clone pattern: subscribed first, then the snapshot, then only events after it.
final class DirectoryMirror: Sendable {
    struct State {
        var directory = Directory()
        /// False until the first snapshot, and from a lost stream until the next one.
        var isCurrent = false
    }

    /// Events about messages, as they arrive.
    let arrivals = MessageArrivals()

    private let state = NIOLockedValueBox(State())
    private let queries: GatewayQueries
    private let subscriber: EventSubscriber
    private let logger: Logger

    init(queries: GatewayQueries, subscriber: EventSubscriber, logger: Logger) {
        self.queries = queries
        self.subscriber = subscriber
        self.logger = logger
    }

    var isCurrent: Bool { state.withLockedValue { $0.isCurrent } }

    func channel(_ id: Snowflake) -> WireDirectoryChannel? {
        state.withLockedValue { $0.directory.channels[id.rawValue] }
    }

    func guilds(for grant: AccessGrant) -> [(id: UInt64, name: String)] {
        state.withLockedValue { $0.directory }.guilds(for: grant)
    }

    func learn(_ channel: WireDirectoryChannel) {
        state.withLockedValue { $0.directory.channels[channel.id] = channel }
    }

    /// Follows the events until cancelled.
    func run() async throws {
        try await subscriber.run { [self] delivery in
            switch delivery {
            case .event(let event):
                state.withLockedValue { $0.directory.apply(event) }
                arrivals.note(event)
                // These bring names and channels that their event does not tell.
                if ["GUILD_CREATE", "GUILD_UPDATE", "THREAD_LIST_SYNC"].contains(event.type) { await takeSnapshot() }
            case .reset:
                state.withLockedValue { $0.isCurrent = false }
                await takeSnapshot()
            }
        }
    }

    private func takeSnapshot() async {
        while !Task.isCancelled {
            do {
                let snapshot = try await queries.directory()
                state.withLockedValue {
                    $0.directory = Directory(snapshot)
                    $0.isCurrent = true
                }
                return
            } catch {
                logger.warning("no snapshot of the directory yet", metadata: [LogKey.error: "\(error.message)"])
                // The gateway restarts within that time; cancelled: the process ends.
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}
