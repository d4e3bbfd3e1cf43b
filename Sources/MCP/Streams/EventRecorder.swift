/// Writes streams' messages to the store in their order, behind the calls' backs: a message goes to its client at once,
/// and a slow store slows nobody.
struct EventRecorder: Sendable {
    enum Entry: Sendable {
        case begin
        case message(StoredEvent)
        case end
        /// Everything before it is in the store.
        case barrier(CheckedContinuation<Void, Never>)
    }

    /// Entries that wait for a slow store; more are dropped, and streams with a gap cannot be resumed past it.
    private static let maximumWaiting = 4096

    private let store: any EventStore
    private let entries: AsyncStream<(StreamID, Entry)>
    private let waiting: AsyncStream<(StreamID, Entry)>.Continuation

    init(_ store: any EventStore) {
        self.store = store
        (entries, waiting) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
    }

    func record(_ entry: Entry, in stream: StreamID) {
        waiting.yield((stream, entry))
    }

    /// Returns when everything that was recorded before is in the store. ``run(stored:)`` must go on meanwhile.
    func flush(_ stream: StreamID) async {
        await withCheckedContinuation { continuation in
            if case .enqueued = waiting.yield((stream, .barrier(continuation))) { return }
            continuation.resume()
        }
    }

    /// - Parameter stored: called after each entry.
    func run(stored: @Sendable (StreamID) async -> Void) async {
        for await (stream, entry) in entries {
            do throws(Problem) {
                switch entry {
                case .begin: try await store.open(stream)
                case .barrier(let continuation):
                    continuation.resume()
                    continue
                case .message(let event): try await store.append(event, to: stream)
                case .end: try await store.finish(stream)
                }
            } catch {
                // The client that comes back is told that the stream is lost.
                continue
            }
            await stored(stream)
        }
    }
}
