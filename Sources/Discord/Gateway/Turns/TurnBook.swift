import Contracts

/// Whose turn is when. Pure.
struct TurnBook: Sendable {
    private var next: [String: Duration] = [:]
    private var series: [String: (attempts: Int, last: Duration)] = [:]

    /// When the turn that is taken with this comes; never before `now`.
    mutating func take(_ turn: GatewayTurn, at now: Duration) -> Duration {
        // What is over says nothing any more.
        next = next.filter { $0.value > now }
        series = series.filter { $0.value.last + GatewaySeries.memory > now }
        var time = max(now, next[turn.name] ?? now)
        if let name = turn.series {
            let past = series[name] ?? (0, now)
            time = max(time, past.last + GatewaySeries.pause(after: past.attempts))
            series[name] = (past.attempts + 1, time)
        }
        next[turn.name] = time + turn.spacing
        return time
    }

    mutating func succeeded(_ name: String) {
        series[name] = nil
    }
}
