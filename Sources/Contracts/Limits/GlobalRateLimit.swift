/// Discord's limit over all routes of a bot: 50 requests a second, judged when they arrive.
/// Source: <https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>
///
/// Nobody knows how Discord cuts its seconds, so we keep to the strictest reading: no more than 50 in any second. There
/// are 50 slots; each is taken by a reservation and is free again one second after its request *arrived*. We learn the
/// arrival from the answer, in Discord's own time (`RateReport.judgedAt`). With S that time and r the reservation's,
/// S - r is the way to Discord plus the difference of two clocks, and the smallest S - r of the last minute is the
/// quickest way plus the same difference. So a request was slower than the quickest by e = (S - r) - min(S - r), and
/// its slot is free at r + 1 s + e: the margin is the measured jitter of this very request, with nothing to guess. The
/// next request in the slot cannot arrive sooner than the quickest one would.
///
/// An answer without that time counts with its whole round trip instead (e = t - min(t)), which is never less.
public enum GlobalRateLimit {
    public static let count = 50
    public static let window: Duration = .seconds(1)
    /// For what no measurement shows: times cut to milliseconds (twice), and a way quicker than any before.
    public static let margin: Duration = .milliseconds(8)
    /// How much later than the quickest a request can arrive before nothing more is held for it. Also bounds what a
    /// request without an answer (its process died) holds its slot beyond the second.
    public static let longestDelay: Duration = .seconds(1)
    /// The quickest way is the smallest of this period and the one before: paths and clocks change.
    public static let memory: Duration = .seconds(30)
}
