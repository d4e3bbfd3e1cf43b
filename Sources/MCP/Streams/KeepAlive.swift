import NIOConcurrencyHelpers

/// Visits every answer that is not finished: silent streams get a comment, and a result that takes long becomes a
/// stream, so that no proxy takes the connection for a dead one.
struct KeepAlive: Sendable {
    private let silence: Duration
    private let streams = NIOLockedValueBox<[ObjectIdentifier: ClientStream]>([:])

    init(silence: Duration) {
        self.silence = silence
    }

    func add(_ stream: ClientStream) {
        streams.withLockedValue { $0[ObjectIdentifier(stream)] = stream }
    }

    func remove(_ stream: ClientStream) {
        streams.withLockedValue { _ = $0.removeValue(forKey: ObjectIdentifier(stream)) }
    }

    func tick(now: ContinuousClock.Instant) {
        let open = streams.withLockedValue { Array($0.values) }
        for stream in open { stream.keepAlive(now: now, silence: silence) }
    }
}
