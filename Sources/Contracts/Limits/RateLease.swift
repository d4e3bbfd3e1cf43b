/// A reservation's life. Its holder renews it while it waits for Discord's answer, so that the lease of a process that
/// died ends soon, however long its call might have taken: a bucket that nobody knows yet lets one call at a time
/// through, and would otherwise stand still for the whole time-out of a call.
public enum RateLease {
    public static let renewal: Duration = .seconds(1)
    /// Two renewals may be lost.
    public static let lifetime: Duration = .seconds(3)
}
