/// One call that asks for its turn: the same value, with a longer `waited`, each time it asks again.
public struct RateTurn: Hashable, Sendable {
    public let route: RateRoute
    public let lane: RateLane
    /// Names the call among those of all processes; random.
    public let ticket: UInt64
    /// Since the call asked first. Who has waited longer goes first in its lane.
    public var waited: Duration
    /// The longest wait that the call would accept: told a longer one it has given up, and keeps no place.
    public var patience: Duration

    public init(
        _ route: RateRoute,
        lane: RateLane,
        ticket: UInt64,
        waited: Duration = .zero,
        patience: Duration = .seconds(60)
    ) {
        self.route = route
        self.lane = lane
        self.ticket = ticket
        self.waited = waited
        self.patience = patience
    }
}
