import Contracts

/// Whose turn is when. Pure.
struct TurnBook: Sendable {
    private var next: [String: Duration] = [:]
    private var series: [String: (attempts: Int, last: Duration)] = [:]

    mutating func take(_ turn: GatewayTurn, at now: Duration) -> GatewayTurnAnswer {
        // What is over says nothing any more.
        next = next.filter { $0.value > now }
        series = series.filter { $0.value.last + GatewaySeries.memory > now }
        let time = max(now, next[turn.name] ?? now)
        if let name = turn.series {
            let attempts = series[name]?.attempts ?? 0
            if let last = series[name]?.last, last + GatewaySeries.pause(after: attempts) > now {
                return .askAgain(after: last + GatewaySeries.pause(after: attempts) - now)
            }
            series[name] = (attempts + 1, time)
        }
        next[turn.name] = time + turn.spacing
        return .taken(after: time - now)
    }

    mutating func succeeded(_ name: String) {
        series[name] = nil
    }
}
