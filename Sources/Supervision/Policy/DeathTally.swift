/// The unplanned deaths of one child: the last few with their causes.
struct DeathTally: Hashable, Sendable {
    struct Death: Hashable, Sendable {
        let time: Duration
        let cause: ChildExit
    }

    private(set) var deaths: [Death] = []

    /// Adds a death and forgets those that have left the window.
    /// - Returns: how many are in the window, this one included.
    mutating func add(_ cause: ChildExit, at now: Duration, window: Duration) -> Int {
        deaths.removeAll { now - $0.time >= window }
        deaths.append(Death(time: now, cause: cause))
        return deaths.count
    }
}
