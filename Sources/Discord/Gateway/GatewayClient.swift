import Contracts
public import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Keeps one gateway connection alive: connects, identifies or resumes, reconnects, and hands over what arrives.
public actor GatewayClient {
    private enum Work {
        case fetchStartLimit
        case connect(String)
        case fail(GatewayFailure)
    }

    private let configuration: GatewayConfiguration
    private let token: BotToken
    private let startLimit: @Sendable () async throws -> GatewayBot
    private let userAgent: String
    private let logger: Logger
    private let buffer: DispatchBuffer
    private let published = NIOLockedValueBox(GatewayMetrics())
    private let start = ContinuousClock.now

    private var machine: GatewayStateMachine
    private var decoder = PlainFrameDecoder()
    private var random = SystemRandomNumberGenerator()
    private var work: Work?
    private var socket: GatewaySocket?
    private var ticks: AsyncStream<Void>.Continuation?
    private var alarm: (deadline: Duration, task: Scheduled<Void>)?

    /// `session`: the position that was stored with the last applied event; nil begins a new session.
    public init(
        token: BotToken,
        configuration: GatewayConfiguration,
        session: GatewaySession?,
        rest: DiscordREST,
        logger: Logger
    ) {
        self.init(
            token: token, configuration: configuration, session: session, userAgent: rest.userAgent, logger: logger,
            buffer: DispatchBuffer()
        ) { try await rest.gatewayBot() }
    }

    init(
        token: BotToken,
        configuration: GatewayConfiguration,
        session: GatewaySession?,
        userAgent: String,
        logger: Logger,
        buffer: DispatchBuffer,
        startLimit: @escaping @Sendable () async throws -> GatewayBot
    ) {
        self.token = token
        self.configuration = configuration
        self.startLimit = startLimit
        self.userAgent = userAgent
        self.logger = logger
        self.buffer = buffer
        machine = GatewayStateMachine(configuration: configuration, session: session)
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
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.drive() }
            group.addTask { [buffer] in
                while let batch = await buffer.next() { try await apply(batch) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Asks Discord over the gateway; what comes back arrives as dispatches. A command that still waits for the send
    /// limit when the connection ends is lost.
    public func send(_ command: GatewayCommand) throws(GatewayCommand.Refusal) {
        guard let actions = machine.submit(try command.payload(), at: now) else { throw .notReady }
        perform(actions)
    }
}

// MARK: - Driving the state machine

extension GatewayClient {
    private var now: Duration { ContinuousClock.now - start }

    private func drive() async throws {
        step(.start)
        while !Task.isCancelled {
            let next = work
            work = nil
            switch next {
            case .fail(let failure): throw failure
            case .connect(let url): await serve(url)
            case .fetchStartLimit:
                do {
                    step(.startLimit(try await startLimit()))
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

    private func step(_ input: GatewayStateMachine.Input) {
        perform(machine.handle(input, at: now, using: &random))
    }

    private func perform(_ actions: [GatewayStateMachine.Action]) {
        for action in actions {
            switch action {
            case .fetchStartLimit: work = .fetchStartLimit
            case .connect(let url): work = .connect(url)
            case .fail(let failure): work = .fail(failure)
            case .heartbeat(let sequence): socket?.send(GatewayPayload.heartbeat(sequence: sequence))
            case .identify: socket?.send(GatewayPayload.identify(configuration, token: token))
            case .resume(let session): socket?.send(GatewayPayload.resume(session, token: token))
            case .send(let payload): socket?.send(payload)
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
        logger.info(
            "gateway connection",
            metadata: [
                LogKey.status: "\(metrics.state.rawValue)", LogKey.shard: "\(configuration.shardID)",
                LogKey.sequence: "\(metrics.sequence)", LogKey.reason: "\(metrics.lastClose)",
            ])
    }
}

// MARK: - One connection

extension GatewayClient {
    private func serve(_ url: String) async {
        let query = ["v=10", "encoding=json", PlainFrameDecoder.query].compactMap { $0 }.joined(separator: "&")
        guard let address = WebSocketAddress(url, query: query),
            let socket = try? await GatewaySocket.open(address, userAgent: userAgent)
        else { return step(.connectFailed) }
        self.socket = socket
        decoder = PlainFrameDecoder()
        let (alarms, ticks) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.ticks = ticks
        step(.connected)
        let code = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in alarms { await self.tick() }
            }
            defer { group.cancelAll() }
            return await socket.receive { message in await self.receive(message) }
        }
        alarm?.task.cancel()
        alarm = nil
        self.ticks = nil
        self.socket = nil
        step(.closed(code: code))
    }

    private func tick() {
        guard machine.isConnected else { return }
        step(.tick(isReading: !buffer.isHoldingProducer))
    }

    private func receive(_ message: ByteBuffer) async {
        for dispatch in accept(message) { await buffer.push(dispatch) }
    }

    private func accept(_ message: ByteBuffer) -> [GatewayDispatch] {
        guard let payload = decoder.decode(message) else { return [] }
        let input = GatewayFrame(json: payload).map { GatewayStateMachine.Input.frame($0) } ?? .garbage
        let actions = machine.handle(input, at: now, using: &random)
        perform(actions)
        return actions.compactMap { if case .deliver(let dispatch) = $0 { dispatch } else { nil } }
    }

    /// Wakes `tick` at the machine's deadline, on the connection's event loop.
    private func armAlarm() {
        guard let socket, let ticks, let deadline = machine.deadline, machine.isConnected else { return }
        if let alarm, alarm.deadline == deadline { return }
        alarm?.task.cancel()
        let wait = max(.zero, deadline - now)
        let task = socket.eventLoop.scheduleTask(in: TimeAmount(wait)) { _ = ticks.yield() }
        alarm = (deadline, task)
    }
}
