internal import Glibc

/// The two clocks of the bus: deadlines travel as unix time, waiting is measured on a clock that nobody sets.
public struct BusClock: Sendable {
    public static let system = BusClock(
        unixMilliseconds: { read(CLOCK_REALTIME) },
        monotonicMilliseconds: { read(CLOCK_MONOTONIC) }
    )

    public let unixMilliseconds: @Sendable () -> Int64
    public let monotonicMilliseconds: @Sendable () -> Int64

    public init(
        unixMilliseconds: @escaping @Sendable () -> Int64,
        monotonicMilliseconds: @escaping @Sendable () -> Int64
    ) {
        self.unixMilliseconds = unixMilliseconds
        self.monotonicMilliseconds = monotonicMilliseconds
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
