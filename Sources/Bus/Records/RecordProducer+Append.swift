public import Contracts
internal import NIOConcurrencyHelpers

extension RecordProducer {
    /// Sizes and times of a producer.
    public struct Configuration: Hashable, Sendable {
        /// Records that may be unacknowledged at one time.
        public var ringRecords = 4096
        /// Bytes that may be unacknowledged at one time.
        public var ringBytes = 4 << 20
        /// What was sent is sent again after this time without an acknowledgement.
        public var resendInterval: Duration = .seconds(2)
        /// Nothing is sent for this time after the writer refused.
        public var refusalPause: Duration = .seconds(1)

        public init() {}
    }

    /// Records that are not acknowledged yet.
    public nonisolated var unacknowledgedCount: Int {
        state.withLockedValue { $0.ring.count }
    }

    /// Records something that nobody waits for. Cheap: a lock, no suspension.
    ///
    /// - Parameter body: a serialized `AuditRecord`, less than 1 MiB.
    /// - Throws: `audit_unavailable` when the ring is full: the writer is away or slow, and what needs a record must
    ///   not happen.
    public nonisolated func post(_ body: [UInt8]) throws(WireError) {
        let (refusal, mustWake): (WireError?, Bool) = state.withLockedValue { state in
            let hadUnsent = state.ring.hasUnsent
            switch Self.add(body, to: &state) {
            case .success: return (nil, !hadUnsent)
            case .failure(let error): return (error, false)
            }
        }
        if let refusal { throw refusal }
        if mustWake { reactor.thread.wake() }
    }

    /// Records something and waits until it is on the writer's disk.
    ///
    /// A record that is not acknowledged in time stays in the ring and is still delivered, in order: treat the action
    /// as not recorded, do not do it, and record that.
    ///
    /// - Returns: the record's position in the log; 0 when a cut connection lost the position of a durable record.
    /// - Throws: `audit_unavailable` when the ring is full, the writer refuses or the time has passed.
    public nonisolated func append(
        _ body: [UInt8], within timeout: Duration = .seconds(5)
    ) async throws(WireError)
        -> UInt64
    {
        try await wait(within: timeout) { state in Self.add(body, to: &state) }
    }

    /// Waits until everything that was recorded so far is on the writer's disk.
    public nonisolated func flush(within timeout: Duration) async throws(WireError) {
        _ = try await wait(within: timeout) { state in .success(state.ring.last) }
    }

    private nonisolated func wait(
        within timeout: Duration, for sequence: @Sendable (inout State) -> Result<UInt64, WireError>
    ) async throws(WireError) -> UInt64 {
        let deadline = reactor.clock.monotonicMilliseconds() + timeout.wholeMilliseconds
        let token = state.withLockedValue { state in
            state.tokens += 1
            return state.tokens
        }
        let answer: Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early: Answer? = state.withLockedValue { state in
                    switch sequence(&state) {
                    case .failure(let error):
                        return .failure(error)
                    case .success(let sequence):
                        guard sequence > state.ring.acknowledged else { return .success(0) }
                        guard !state.isClosed else { return .failure(.busWasShutDown) }
                        state.waiters.add(
                            .init(token: token, sequence: sequence, deadline: deadline, waiter: continuation))
                        return nil
                    }
                }
                if let early {
                    continuation.resume(returning: early)
                    return
                }
                reactor.thread.wake()
                // A cancellation from before the line above found nobody waiting.
                if Task.isCancelled { stopWaiting(token) }
            }
        } onCancel: {
            stopWaiting(token)
        }
        return try answer.get()
    }

    private nonisolated func stopWaiting(_ token: UInt64) {
        let waiter = state.withLockedValue { $0.waiters.remove(token: token) }
        waiter?.resume(returning: .failure(.notAcknowledged))
    }

    private static func add(_ body: [UInt8], to state: inout State) -> Result<UInt64, WireError> {
        guard !state.isClosed else { return .failure(.busWasShutDown) }
        guard body.count <= batchBytes else {
            return .failure(WireError(.invalidArgument, "An audit record is larger than \(batchBytes) bytes."))
        }
        guard let sequence = state.ring.append(body) else { return .failure(.auditRingIsFull) }
        return .success(sequence)
    }
}

extension WireError {
    static let auditRingIsFull = WireError(
        .auditUnavailable, "Too many audit records wait for the audit writer. Nothing was done.",
        hint: "Check the audit writer process and its disk.", retryAfterSeconds: 1)
    static let notAcknowledged = WireError(
        .auditUnavailable, "The audit writer did not acknowledge the record in time. Nothing was done.",
        hint: "Check the audit writer process and its disk.", retryAfterSeconds: 1)
}
