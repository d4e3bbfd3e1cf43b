/// One Discord route with its major parameter: what a rate-limit bucket is learnt for.
/// Source: <https://discord.com/developers/docs/topics/rate-limits>
public struct RateRoute: Hashable, Sendable {
    /// Method and path template, for instance `POST /channels/{channel_id}/messages`.
    public let template: String
    /// The channel, guild or webhook id of the path, with a webhook's token as a hash; empty when it has none.
    public let majorParameter: String
    /// Interaction call-backs are outside the global limit.
    public let countsGlobally: Bool

    public init(template: String, majorParameter: String, countsGlobally: Bool = true) {
        self.template = template
        self.majorParameter = majorParameter
        self.countsGlobally = countsGlobally
    }
}
