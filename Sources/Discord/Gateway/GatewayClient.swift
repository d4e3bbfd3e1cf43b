import Contracts
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Keeps one shard's connection alive: connects, identifies or resumes, reconnects, and hands over what arrives.
public actor GatewayClient {
    enum Work {
        case fetchStartLimit
        case connect(String)
        case fail(GatewayFailure)
    }

    /// What the clients of one process share.
    struct Surroundings: Sendable {
        var token: BotToken
        var userAgent: String
        var turns: any GatewayTurns
        var launches = LaunchQueue()
        var startLimit: @Sendable () async throws -> GatewayBot
        /// Asked only after Discord refused an intent.
        var application: @Sendable () async throws -> ApplicationFlags
        var logger: Logger
    }

    let configuration: GatewayConfiguration
    let around: Surroundings
    let buffer: DispatchBuffer
    let published: NIOLockedValueBox<GatewayMetrics>
    let waiters = NIOLockedValueBox<[UInt64: CheckedContinuation<MemberResult, Never>]>([:])
    private let start = ContinuousClock.now

    var machine: GatewayStateMachine
    private var random = SystemRandomNumberGenerator()
    private var work: Work?
    var decoder: any FrameDecoder = PlainFrameDecoder()
    var socket: GatewaySocket?
    var ticks: AsyncStream<Void>.Continuation?
    var errands: AsyncStream<GatewayStateMachine.Purpose>.Continuation?
    var alarm: (deadline: Duration, task: Scheduled<Void>)?
    /// The place in the queue to IDENTIFY, until it was sent or the connection ended.
    var launchBucket: Int?
    private var faults = FaultLog()
    /// Bytes of the message in hand, for the log of what cannot be read.
    var messageBytes = 0
    var lastRequest: UInt64 = 0

    /// - Parameter session: the position that was stored with the last applied event; nil begins a new session.
    init(
        configuration: GatewayConfiguration,
        session: GatewaySession?,
        around: Surroundings,
        buffer: DispatchBuffer = DispatchBuffer()
    ) {
        self.configuration = configuration
        self.around = around
        self.buffer = buffer
        machine = GatewayStateMachine(
            configuration: configuration, session: session, nonceSeed: UInt64.random(in: .min ... .max))
        published = NIOLockedValueBox(machine.metrics)
    }

    /// How the connection does now.
    public nonisolated var metrics: GatewayMetrics {
        published.withLockedValue { $0 }
    }

    /// Runs until the task is cancelled; then the connection is closed so that the session can be resumed.
    ///
    /// `apply` gets the dispatches in order, all that have arrived since its last call, one call at a time. While it
    /// works, Discord is held up once enough has gathered. Store the last dispatch's `position` with the effects.
    /// Throws `GatewayFailure` when only a person can help, and what `apply` throws.
    public func run(apply: @escaping @Sendable ([GatewayDispatch]) async throws -> Void) async throws {
        defer { endRequests() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.drive() }
            group.addTask { [buffer, around, configuration] in
                while let batch = await buffer.next() {
                    try await apply(batch)
                    // From here on a restart resumes.
                    if batch.contains(where: { $0.name == "READY" }) {
                        let shard = configuration.shard
                        await around.turns.succeeded(GatewayTurn.series(shard: shard.id, of: shard.count))
                    }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

// MARK: - Driving the state machine

extension GatewayClient {
    var now: Duration { ContinuousClock.now - start }

    private func drive() async throws {
        step(.start)
        while !Task.isCancelled {
            let next = work
            work = nil
            switch next {
            case .fail(let failure): throw await explained(failure)
            case .connect(let url): await serve(url)
            case .fetchStartLimit:
                do {
                    step(.startLimit(try await around.startLimit()))
                } catch {
                    step(.startLimitFailed(tokenRejected: (error as? DiscordError)?.kind == .tokenRejected))
                }
            case nil:
                guard let deadline = machine.deadline else { return }
                try? await Task.sleep(until: start + deadline, clock: .continuous)
                step(.tick(isReading: true))
            }
        }
    }

    @discardableResult
    func step(_ input: GatewayStateMachine.Input) -> [GatewayDispatch] {
        let actions = machine.handle(input, at: now, using: &random)
        perform(actions)
        return actions.compactMap { if case .deliver(let dispatch) = $0 { dispatch } else { nil } }
    }

    func perform(_ actions: [GatewayStateMachine.Action]) {
        for action in actions {
            switch action {
            case .fetchStartLimit: work = .fetchStartLimit
            case .connect(let url): work = .connect(url)
            case .fail(let failure): work = .fail(failure)
            case .takeTurn(let purpose): errands?.yield(purpose)
            case .heartbeat(let sequence): socket?.send(GatewayPayload.heartbeat(sequence: sequence))
            case .identify:
                socket?.send(GatewayPayload.identify(configuration, token: around.token))
                leaveLaunchQueue()
            case .resume(let session): socket?.send(GatewayPayload.resume(session, token: around.token))
            case .send(let payload): socket?.send(payload)
            case .answered(let id, let result): answer(id, result)
            case .record(let reason):
                faults.record(
                    reason, bytes: messageBytes, shard: configuration.shard, at: now, around.logger)
            case .close: socket?.close()
            // The reader pushes what its frame delivers.
            case .deliver: break
            }
        }
        let before = published.withLockedValue { published in
            defer { published = machine.metrics }
            return published.state
        }
        if before != machine.metrics.state { logState() }
        armAlarm()
    }

    private func logState() {
        let metrics = machine.metrics
        around.logger.info(
            "gateway connection",
            metadata: [
                LogKey.status: "\(metrics.state.rawValue)", LogKey.shard: "\(configuration.shard)",
                LogKey.sequence: "\(metrics.sequence)", LogKey.reason: "\(metrics.lastClose)",
            ])
    }

    /// Names what Discord refused, where it can be found out.
    private func explained(_ failure: GatewayFailure) async -> GatewayFailure {
        guard case .disallowedIntents = failure, let flags = try? await around.application() else { return failure }
        let missing = configuration.intents.privilegedNames(missingIn: flags)
        return missing.isEmpty ? failure : .disallowedIntents(privileged: missing)
    }
}
