/// How patiently a child is started again. Times are relative to events of the child.
public struct RestartPolicy: Hashable, Sendable {
    /// From spawn to `READY=1`.
    public var startLimit: Duration = .seconds(10)
    /// Longest silence between two `WATCHDOG=1`; nil: not watched.
    public var watchdogLimit: Duration? = .milliseconds(1500)
    /// From SIGABRT, which leaves a core or a backtrace, to SIGKILL.
    public var abortLimit: Duration = .milliseconds(500)
    /// From SIGTERM to SIGKILL.
    public var stopLimit: Duration = .seconds(25)
    /// A child that had been ready longer than this is started again at once.
    public var steadyAfter: Duration = .seconds(10)
    /// A child that had been ready longer than this has no past: the delays begin anew.
    public var forgivenAfter: Duration = .seconds(60)
    public var firstDelay: Duration = .milliseconds(100)
    public var longestDelay: Duration = .seconds(30)
    /// Each delay is stretched or shrunk by up to this share, so that children that died together do not return together.
    public var jitter: Double = 0.2
    /// More unplanned deaths than this within ``intensityWindow`` and the child has failed.
    public var intensity = 5
    public var intensityWindow: Duration = .seconds(60)

    public init() {}

    /// The delay before the start that follows `failures` quick deaths.
    func delay(afterFailures failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(max(failures - 1, 0), 30)
        let delay = min(firstDelay * (1 << doublings), longestDelay)
        return delay * Double.random(in: (1 - jitter)...(1 + jitter), using: &random)
    }
}
