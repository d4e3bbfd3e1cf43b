import Contracts
import TestSupport
import Testing

@testable import Discord

/// The client's side of the simulation: a machine, what its consumer stored, and the wire between it and the model.
private struct Simulation {
    var random: SeededGenerator
    var model = ModelGateway()
    var now: Duration = .zero
    private var machine: GatewayStateMachine
    private var stored: GatewaySession?
    private var isOpen = false
    /// Sequences applied, by session.
    private(set) var applied: [String: [Int]] = [:]
    private(set) var starts = 0
    private(set) var resumes = 0
    /// The session that the machine was told of.
    private var known: String?
    private(set) var needlessIdentifies = 0
    /// Delivered, not applied yet.
    private var pending: [GatewayDispatch] = []

    /// What the processes of this bot share.
    private var turns = TurnBook()
    private var requests: UInt64 = 0
    private var asked: Set<UInt64> = []
    private(set) var answers = 0

    private static let configuration = GatewayConfiguration(intents: [.guilds, .guildMembers])

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        machine = GatewayStateMachine(configuration: Self.configuration, session: nil)
    }

    mutating func step() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45: deliver(model.event())
        case 45..<70: apply()
        case 70..<72: lose(nil)
        case 72: lose([4000, 4001, 4008, 1000, 1001].randomElement(using: &random) ?? 4000)
        case 73: deliver(.frame(GatewayFrame(opcode: 7)))
        case 74: deliver(.frame(GatewayFrame(opcode: 1)))
        case 75: kill()
        case 76:
            // An outage that outlives the session.
            let id = machine.session?.id
            model.forget(id)
            deliver(.frame(GatewayFrame(opcode: 9, data: Array("false".utf8))))
        case 77: request()
        case 78: put(.malformed("test"))
        case 79 where isOpen:
            isOpen = false
            put(.broken("test"))
        case 80: deliver(model.lostEvent())
        default: advance()
        }
    }

    private mutating func request() {
        requests += 1
        let id = requests
        guard let actions = try? machine.request(id: id, guild: Snowflake(id % 3 + 1), .all, at: now) else { return }
        asked.insert(id)
        perform(actions)
    }

    mutating func start() {
        starts += 1
        put(.start)
    }

    /// Applies all that is pending and lets the connection come up.
    mutating func settle() {
        for _ in 0..<300 where machine.metrics.state != .ready { advance() }
        apply()
    }

    private mutating func kill() {
        pending = []
        asked = []
        isOpen = false
        model.clientRestarted()
        resumes += machine.metrics.resumes
        known = stored?.id
        machine = GatewayStateMachine(
            configuration: Self.configuration, session: stored, nonceSeed: random.next())
        start()
    }

    private mutating func apply() {
        for dispatch in pending {
            applied[dispatch.position.id, default: []].append(dispatch.position.sequence)
            stored = dispatch.position
            if dispatch.name == "READY" { turns.succeeded(GatewayTurn.series(shard: 0, of: 1)) }
        }
        pending = []
    }

    private mutating func advance() {
        guard let deadline = machine.deadline else { return }
        now = max(now, deadline)
        put(.tick(isReading: true))
    }

    private mutating func lose(_ code: Int?) {
        guard isOpen else { return }
        isOpen = false
        model.disconnected()
        put(.closed(code: code))
    }

    private mutating func deliver(_ reply: ModelGateway.Reply?) {
        guard isOpen, let reply else { return }
        switch reply {
        case .frame(let frame): put(.frame(frame))
        case .closed(let code): lose(code)
        }
    }

    private mutating func put(_ input: GatewayStateMachine.Input) {
        now += .milliseconds(1)
        perform(machine.handle(input, at: now, using: &random))
    }

    private mutating func perform(_ actions: [GatewayStateMachine.Action]) {
        for action in actions {
            switch action {
            case .fetchStartLimit:
                let isDown = Int.random(in: 0..<5, using: &random) == 0
                let limit = GatewayBot.SessionStartLimit(total: 9, remaining: 9, resetAfter: 0, maxConcurrency: 1)
                put(
                    isDown
                        ? .startLimitFailed(tokenRejected: false)
                        : .startLimit(GatewayBot(url: "ws://g", shards: 1, sessionStartLimit: limit)))
            case .connect:
                guard Int.random(in: 0..<10, using: &random) > 0 else {
                    put(.connectFailed)
                    break
                }
                isOpen = true
                put(.connected)
                deliver(.frame(model.accept()))
            case .takeTurn(let purpose):
                let answer = turns.take(purpose.turn, at: now)
                // Whoever is asked may answer only after the connection was lost.
                if Int.random(in: 0..<20, using: &random) > 0 { put(.turn(purpose, answer)) } else { lose(nil) }
            case .answered(let id, let result):
                asked.remove(id)
                if case .success = result { answers += 1 }
            case .record: break
            case .close:
                isOpen = false
                model.disconnected()
            case .deliver(let dispatch):
                pending.append(dispatch)
                known = dispatch.position.id
            case .fail(let failure): Issue.record("failed: \(failure)")
            case .heartbeat, .identify, .resume, .send:
                if action == .identify, let known, model.resumable.contains(known) { needlessIdentifies += 1 }
                let fault = Double.random(in: 0...1, using: &random)
                for reply in model.receive(action, at: now, fault: fault) { deliver(reply) }
            }
        }
    }
}

@Suite struct GatewayPropertyTests {
    /// Whatever breaks, each event is applied once and in order, and IDENTIFY stays the last resort.
    @Test(arguments: 0..<40)
    func eventsAreAppliedOnce(seed: UInt64) {
        var simulation = Simulation(seed: seed)
        simulation.start()
        for _ in 0..<3000 { simulation.step() }
        simulation.settle()
        #expect(simulation.model.violations == [], "seed \(seed)")
        #expect(simulation.needlessIdentifies == 0, "seed \(seed)")
        #expect(simulation.resumes > 10, "seed \(seed)")
        #expect(simulation.answers > 0, "seed \(seed)")
        for (session, sequences) in simulation.applied {
            #expect(sequences == Array(1...max(1, sequences.count)), "seed \(seed), session \(session)")
        }
        #expect(simulation.applied.count > 1, "seed \(seed): the faults were not faulty enough")
        #expect(simulation.starts > 10, "seed \(seed)")
    }
}
