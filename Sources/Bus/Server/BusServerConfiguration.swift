extension BusServer {
    /// How much a server takes on.
    public struct Configuration: Hashable, Sendable {
        /// Handlers at one time.
        public var concurrency: Int
        /// Requests that wait for a handler; one more is answered `busy`.
        public var queue: Int

        public init(concurrency: Int = 64, queue: Int = 1024) {
            self.concurrency = concurrency
            self.queue = queue
        }
    }

    /// Counts since the start.
    public struct Statistics: Hashable, Sendable {
        /// Frames that were no message of ours.
        public var malformed = 0
        /// Requests that were here already.
        public var duplicates = 0
        /// Requests that were turned away because the server was full.
        public var busy = 0
        /// Requests whose deadline had passed before they began.
        public var expired = 0
        /// Answers whose client was gone or did not read.
        public var undelivered = 0
    }
}
