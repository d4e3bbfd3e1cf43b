/// One user of the reactor: an actor with its sockets. Everything is called on the reactor's thread.
protocol ReactorFlow: AnyObject, Sendable {
    /// A socket of this flow has something to read.
    nonisolated func receive()

    /// Called once a turn of the loop: send what was posted, run what is due.
    ///
    /// - Parameter now: monotonic milliseconds.
    /// - Returns: when to call again at the latest; nil: when something happens.
    nonisolated func turn(now: Int64) -> Int64?

    /// The reactor ends: close the sockets and let nobody wait.
    nonisolated func reactorEnds()
}
