import NIOConcurrencyHelpers

@testable import Discord

/// Time that passes only when somebody sleeps.
final class ManualTime: Sendable {
    private let state = NIOLockedValueBox((now: ContinuousClock.now, sleeps: [Duration]()))

    var now: ContinuousClock.Instant { state.withLockedValue(\.now) }
    var sleeps: [Duration] { state.withLockedValue(\.sleeps) }
    var slept: Duration { sleeps.reduce(.zero, +) }

    var clock: RESTClock {
        RESTClock(now: { self.now }) { pause in
            try Task.checkCancellation()
            self.state.withLockedValue { state in
                state.now += pause
                state.sleeps.append(pause)
            }
        }
    }
}
