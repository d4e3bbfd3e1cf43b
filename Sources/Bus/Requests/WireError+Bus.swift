internal import Contracts

/// What the bus itself answers with.
extension WireError {
    static let windowIsFull = WireError(
        .busy, "Too many requests are under way.", hint: "Ask again after the given time.", retryAfterSeconds: 0.2)
    static let serverIsFull = WireError(
        .busy, "The process that does this is full.", hint: "Ask again after the given time.", retryAfterSeconds: 0.5)
    static let busyWithoutReason = WireError(.busy, "The process that does this is full.", retryAfterSeconds: 0.5)
    static let notBegunInTime = WireError(.expired, "The deadline passed before the work began. Nothing was done.")
    static let callerLeft = WireError(.expired, "The caller stopped waiting.")
    static let busWasShutDown = WireError(.unavailable, "This process is shutting down.")
    static let idIsTaken = WireError(
        .idempotencyConflict, "Another request with this id is under way.",
        hint: "Use a new idempotency key for other arguments.")
    static let replyIsTooLarge = WireError(
        .internal, "The answer is larger than \(FrameLimit.reply) bytes.", hint: "Ask for less at a time.")

    static let commandIsInDoubt = WireError(
        .inDoubt, "The command was sent and its result is not known yet.",
        hint: "Ask again with the same idempotency key: it is done at most once.", retryAfterSeconds: 1)

    /// Bounded: the number comes from another process.
    var retryAfterMilliseconds: Int64 {
        guard retryAfterSeconds > 0 else { return 0 }
        return Int64((min(retryAfterSeconds, 3600) * 1000).rounded(.up))
    }

    init<Waiter>(_ failure: PendingRequests<Waiter>.Failure) {
        switch failure {
        case .unavailable:
            self.init(
                .unavailable, "The process that does this cannot be reached. Nothing was done.",
                hint: "It is probably being restarted: ask again.", retryAfterSeconds: 1)
        case .expired:
            self.init(.expired, "The answer did not come in time.", hint: "Ask again.", retryAfterSeconds: 1)
        case .inDoubt:
            self = .commandIsInDoubt
        }
    }
}
