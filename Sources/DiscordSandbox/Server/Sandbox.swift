import Contracts

/// The one owner of the sandbox's state: REST requests, gateway payloads and controls take turns here.
actor Sandbox {
    var world: World
    var limiter = RateLimiter()
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

    /// What goes out on one gateway connection.
    enum Wire: Equatable, Sendable {
        case payload([UInt8])
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
        seeded = SeededWorld(seed: options.seed, now: clock())
        world = seeded.world
        trickle = Trickle(seeded: seeded, seed: options.seed)
        random = SeededGenerator(seed: options.seed &+ UInt64(clock().milliseconds))
        hub = GatewayHub(
            settings: .init(
                heartbeatInterval: options.heartbeatInterval / .seconds(1),
                identifyWindow: options.identifyWindow / .seconds(1)))
    }

    func serve(at authority: String) { baseURL = authority }

    var gatewayURL: String { "ws://\(baseURL)" }

    var description: SandboxDescription { SandboxDescription(seeded, authority: baseURL) }

    /// Moves the world's clock on and says what time it is.
    func advance() -> Timestamp {
        world.advance(to: clock())
        return world.now
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
        flush()
    }

    /// Publishes what has happened and hands out what is to be sent.
    func flush() {
        for event in world.takeEvents() { hub.publish(event, world: world) }
        for output in hub.takeOutputs() {
            switch output {
            case .send(let id, let payload):
                if case .dropped = wires[id]?.yield(.payload(payload)) { finish(id, with: .cut) }
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
        flush()
    }

    func closeGateway(_ id: UInt64, code: UInt16?) {
        hub.closed(id, code: code, now: advance())
        wires.removeValue(forKey: id)?.finish()
        flush()
    }
}
