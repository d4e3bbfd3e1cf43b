import Contracts

/// The one owner of the sandbox's state: REST requests, gateway payloads and controls take turns here.
actor Sandbox {
    var world: World
    var limiter: RateLimiter
    var faults = FaultPlan()
    var hub: GatewayHub
    var statistics = Statistics()
    let seeded: SeededWorld
    let options: SandboxOptions
    let router = Router()
    private var trickle: Trickle
    private var random: SeededGenerator
    private var wires: [UInt64: AsyncStream<Wire>.Continuation] = [:]
    private var lastConnection: UInt64 = 0
    private(set) var baseURL = ""
    private let clock: @Sendable () -> Timestamp
    /// Seconds that a test has skipped.
    private var ahead = 0.0

    /// What goes out on one gateway connection.
    enum Wire: Equatable, Sendable {
        case payload([UInt8])
        /// Half of a frame, and then nothing.
        case half([UInt8])
        case close(CloseCode)
        case cut
    }

    struct Statistics: Sendable {
        var requests: [String: Int] = [:]
        var answers: [Int: Int] = [:]
        var limited: [String: Int] = [:]
    }

    /// A connection that is so many payloads behind is cut: its client resumes.
    private static let slowestConnection = 20_000

    init(options: SandboxOptions, clock: @escaping @Sendable () -> Timestamp) {
        self.options = options
        self.clock = clock
        limiter = RateLimiter(perSecond: options.globalLimit)
        seeded = SeededWorld(
            seed: options.seed, now: clock(), growth: options.growth, intents: Intents(named: options.privilegedIntents)
        )
        world = seeded.world
        if options.searchIndexing > .zero {
            world.indexesSearchUntil = world.now + options.searchIndexing / .seconds(1)
        }
        trickle = Trickle(seeded: seeded, seed: options.seed)
        random = SeededGenerator(seed: options.seed &+ UInt64(clock().milliseconds))
        hub = GatewayHub(
            settings: .init(
                heartbeatInterval: options.heartbeatInterval / .seconds(1),
                identifyWindow: options.identifyWindow / .seconds(1), identifiesPerDay: options.identifiesPerDay,
                maxConcurrency: options.maxConcurrency, fewestShards: options.shards))
    }

    func serve(at authority: String) {
        baseURL = authority
        world.site = "http://\(authority)"
    }

    var gatewayURL: String { "ws://\(baseURL)" }

    var description: SandboxDescription { SandboxDescription(seeded, authority: baseURL) }

    /// Moves the world's clock on and says what time it is.
    func advance() -> Timestamp {
        world.advance(to: clock() + ahead)
        return world.now
    }

    func moveClock(by seconds: Double) {
        ahead += seconds
        _ = advance()
    }

    func randomLetters(_ count: Int) -> String {
        let letters = Array("abcdef0123456789")
        return String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
    }

    func step() {
        _ = advance()
        trickle.step(in: &world)
        flush()
    }

    func tick() {
        hub.tick(now: advance())
        world.letTimePass()
        flush()
    }

    /// Publishes what has happened and hands out what is to be sent.
    func flush() {
        for event in world.takeEvents() { hub.publish(event, world: world, &faults) }
        for output in hub.takeOutputs() {
            switch output {
            case .send(let id, let payload):
                if case .dropped = wires[id]?.yield(.payload(payload)) { finish(id, with: .cut) }
            case .half(let id, let payload): finish(id, with: .half(payload))
            case .close(let id, let code): finish(id, with: .close(code))
            case .cut(let id): finish(id, with: .cut)
            }
        }
    }

    private func finish(_ id: UInt64, with last: Wire) {
        wires[id]?.yield(last)
        wires[id]?.finish()
    }

    func openGateway(version: String?) -> (id: UInt64, wire: AsyncStream<Wire>) {
        lastConnection += 1
        let id = lastConnection
        let (stream, continuation) = AsyncStream.makeStream(
            of: Wire.self, bufferingPolicy: .bufferingOldest(Self.slowestConnection))
        wires[id] = continuation
        hub.open(id, version: version, now: advance())
        flush()
        return (id, stream)
    }

    func receive(_ bytes: [UInt8], on id: UInt64) {
        let around = GatewayHub.Surroundings(
            now: advance(), gatewayURL: gatewayURL, freshSessionID: randomLetters(32))
        hub.receive(bytes, on: id, world: world, around)
        for wish in hub.takeWishes() {
            switch wish {
            case .joinVoice(let user, let channel): try? world.joinVoice(user, in: channel)
            case .leaveVoice(let user, let guild): world.leaveVoice(user, in: guild)
            }
        }
        flush()
    }

    func closeGateway(_ id: UInt64, code: UInt16?) {
        hub.closed(id, code: code, now: advance())
        wires.removeValue(forKey: id)?.finish()
        flush()
    }
}
