extension BusClient {
    /// How patient a client is, and how much it may have under way.
    public struct Configuration: Hashable, Sendable {
        /// Requests without an answer at one time; one more fails as `busy` at once.
        public var window: Int
        /// A command is sent again, with the same id, after this time without an answer.
        public var resendInterval: Duration
        /// A request that could not be sent (and a read that was) fails as `unavailable` when the peer stays away
        /// this long.
        public var connectGrace: Duration

        public init(window: Int, resendInterval: Duration, connectGrace: Duration) {
            self.window = window
            self.resendInterval = resendInterval
            self.connectGrace = connectGrace
        }

        /// For changes: few at a time, and a restart of the executor is waited for.
        public static let commands = Configuration(
            window: 64, resendInterval: .milliseconds(500), connectGrace: .seconds(3))
        /// For reads: many at a time, and they fail fast.
        public static let queries = Configuration(
            window: 1024, resendInterval: .milliseconds(500), connectGrace: .seconds(1))
    }

    /// Counts since the start.
    public struct Statistics: Hashable, Sendable {
        /// Frames that were no message of ours.
        public var malformed = 0
        /// Answers that nobody waited for any more.
        public var late = 0
        /// Messages that were sent more than once.
        public var resent = 0
    }
}
