/// Time as the REST client sees it, so that tests wait for nothing.
struct RESTClock: Sendable {
    var now: @Sendable () -> ContinuousClock.Instant
    /// Throws when the task is cancelled.
    var sleep: @Sendable (Duration) async throws -> Void

    static let system = RESTClock(now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) })
}
