/// What all calls of a server use.
struct CallServices: Sendable {
    let ring: SealRing
    let singleUse: any SingleUse
    let background: BackgroundWork
    /// Unix seconds.
    let now: @Sendable () -> Int64
    /// How long a question or a confirmation may stay open.
    let inputTimeout: Duration

    var expiry: Int64 {
        now() + inputTimeout.components.seconds
    }
}
