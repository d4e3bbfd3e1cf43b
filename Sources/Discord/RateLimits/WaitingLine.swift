import Contracts

/// Those who wait for one limit, by lane and by how long they have waited. Pure.
struct WaitingLine: Sendable {
    private struct Place {
        let lane: RateLane
        let since: Duration
        /// Given up unless its holder asks again by then.
        var lostAt: Duration
    }

    /// How late a waiting call may ask again before its place is lost; what it waited already is not.
    private static let grace: Duration = .milliseconds(100)

    private var places: [UInt64: Place] = [:]
    /// Calls served while an older one of a lower lane waited.
    private var passed = 0

    func isEmpty(at now: Duration) -> Bool { !places.contains { $0.value.lostAt > now } }

    /// How many go before this call, and whether nobody has waited longer.
    mutating func position(of turn: RateTurn, at now: Duration) -> (ahead: Int, isOldest: Bool) {
        guard !places.isEmpty else { return (0, false) }
        places = places.filter { $0.value.lostAt > now }
        let since = places[turn.ticket]?.since ?? now - turn.waited
        var ahead = places.count { ticket, place in
            ticket != turn.ticket
                && (place.lane, place.since, ticket) < (turn.lane, since, turn.ticket)
        }
        let oldest = places.min { ($0.value.since, $0.key) < ($1.value.since, $1.key) }
        let isOldest = oldest?.key == turn.ticket
        if let oldest, passed >= RateLane.patience {
            if isOldest { ahead = 0 } else if oldest.value.lane > turn.lane { ahead += 1 }
        }
        return (ahead, isOldest)
    }

    mutating func stand(_ turn: RateTurn, for wait: Duration, at now: Duration) {
        let since = places[turn.ticket]?.since ?? now - turn.waited
        places[turn.ticket] = Place(lane: turn.lane, since: since, lostAt: now + wait + Self.grace)
    }

    mutating func leave(_ turn: RateTurn) {
        places[turn.ticket] = nil
    }

    mutating func serve(_ turn: RateTurn, isOldest: Bool) {
        places[turn.ticket] = nil
        let isPassing = !isOldest && places.contains { $0.value.lane > turn.lane }
        passed = isPassing ? passed + 1 : 0
    }
}
