#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Time as the REST client sees it, so that tests wait for nothing.
struct RESTClock: Sendable {
    var now: @Sendable () -> ContinuousClock.Instant
    /// Throws when the task is cancelled.
    var sleep: @Sendable (Duration) async throws -> Void
    /// The wall clock, for times that Discord names.
    var unixMilliseconds: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }

    static let system = RESTClock(now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) })
}
