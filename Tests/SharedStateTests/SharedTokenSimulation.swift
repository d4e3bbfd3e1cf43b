import Contracts

@testable import SharedState

/// Processes that share a token, in virtual time: workers that never rest, latencies that change the order of requests
/// and answers, lost and bare answers, and processes that die with their requests on the way and start again.
struct SharedTokenSimulation {
    private enum Event {
        case attempt(worker: Int, life: Int)
        case arrival(RateRoute, lease: UInt64, worker: Int, life: Int)
        case answer(RateRoute, lease: UInt64, RateReport?, worker: Int, life: Int)
        case renewal(RateRoute, lease: UInt64, worker: Int, life: Int)
        case crash
    }

    private struct Worker {
        let lane: RateLane
        var life = 0
        var turn: RateTurn?
        var askedAt = 0
        /// The lease of the call on its way.
        var lease: UInt64?
    }

    private static let templates = ["POST m", "GET m", "DELETE m", "PATCH m", "GET free"]
    private static let processes = 4

    private(set) var discord: StrictDiscord
    /// Calls served by lane, and the longest that one of it waited, in microseconds.
    private(set) var served: [RateLane: Int] = [:]
    private(set) var longestWait: [RateLane: Int] = [:]
    private let ledger: RedisRateLedger
    private let time: VirtualTime
    private var random: any RandomNumberGenerator
    private var workers: [Worker]
    private var queue: [(at: Int, event: Event)] = []
    private var learnt: Set<RateRoute> = []
    private let crashes: Bool

    init(
        ledger: RedisRateLedger, time: VirtualTime, workers: Int, crashes: Bool, random: any RandomNumberGenerator
    ) {
        self.ledger = ledger
        self.time = time
        self.random = random
        self.crashes = crashes
        self.workers = (0..<workers).map { Worker(lane: RateLane.allCases[$0 % RateLane.allCases.count]) }
        discord = StrictDiscord(
            buckets: [
                "POST m": .init(hash: "aaa", limit: 5, period: 5_000_000),
                "GET m": .init(hash: "bbb", limit: 10, period: 2_000_000),
                "DELETE m": .init(hash: "ccc", limit: 3, period: 1_000_000),
                "PATCH m": .init(hash: "aaa", limit: 5, period: 5_000_000),
            ], clock: -7_200_000_123)
    }

    /// Routes that share a bucket can only be known to after one answer of each.
    mutating func learn() async {
        for template in Self.templates {
            let route = RateRoute(template: template, majorParameter: "0")
            let turn = RateTurn(route, lane: .read, ticket: random.next())
            if case .proceed(let lease) = await ledger.reserve(turn) {
                await ledger.report(route, lease: lease, discord.handle(route, now: time.now))
            }
            time.advance(10_000_000)
        }
    }

    mutating func run(microseconds: Int) async {
        let end = time.now + microseconds
        for worker in workers.indices { push(time.now, .attempt(worker: worker, life: 0)) }
        if crashes { push(time.now + 700_000, .crash) }
        while !queue.isEmpty {
            let (at, event) = queue.removeFirst()
            time.set(at)
            switch event {
            case .attempt(let worker, let life):
                if at < end, life == workers[worker].life { await attempt(worker, at: at) }
            case .arrival(let route, let lease, let worker, let life):
                arrive(route, lease, worker, life, at: at)
            case .answer(let route, let lease, let report, let worker, let life):
                guard life == workers[worker].life else { continue }
                await ledger.report(route, lease: lease, report)
                if report?.bucket != nil { learnt.insert(route) }
                workers[worker].lease = nil
                workers[worker].turn = nil
                push(at, .attempt(worker: worker, life: life))
            case .renewal(let route, let lease, let worker, let life):
                guard life == workers[worker].life, workers[worker].lease == lease else { continue }
                await ledger.renew(route, lease: lease)
                push(at + 1_000_000, event)
            case .crash:
                if at < end { crash(at: at) }
            }
        }
    }

    private mutating func attempt(_ worker: Int, at now: Int) async {
        if workers[worker].turn == nil {
            let route = RateRoute(
                template: Self.templates[below(Self.templates.count)], majorParameter: "\(below(2))")
            workers[worker].turn = RateTurn(route, lane: workers[worker].lane, ticket: random.next())
            workers[worker].askedAt = now
        }
        guard var turn = workers[worker].turn else { return }
        turn.waited = .microseconds(now - workers[worker].askedAt)
        let life = workers[worker].life
        switch await ledger.reserve(turn) {
        case .proceed(let lease):
            served[turn.lane, default: 0] += 1
            longestWait[turn.lane] = max(longestWait[turn.lane] ?? 0, now - workers[worker].askedAt)
            workers[worker].lease = lease
            push(now + 1000 + below(90_000), .arrival(turn.route, lease: lease, worker: worker, life: life))
            push(now + 1_000_000, .renewal(turn.route, lease: lease, worker: worker, life: life))
        case .wait(let duration), .refuse(let duration):
            // A sleep ends a little late.
            push(now + duration.microseconds + below(8000), .attempt(worker: worker, life: life))
        }
    }

    /// Also when its sender has died meanwhile: what is on the wire arrives.
    private mutating func arrive(_ route: RateRoute, _ lease: UInt64, _ worker: Int, _ life: Int, at now: Int) {
        let report = discord.handle(route, now: now)
        let isLost = below(500) == 0
        // Counted by Discord, answered by a proxy that knows no limits. What nobody ever told cannot be kept.
        let isBare = learnt.contains(route) && below(10) == 0
        let latency = 1000 + below(below(10) == 0 ? 3_000_000 : 90_000)
        push(
            now + latency,
            .answer(
                route, lease: lease, isLost ? nil : isBare ? RateReport(status: 502) : report, worker: worker,
                life: life))
    }

    /// One of four processes dies and is back 300 ms later.
    private mutating func crash(at now: Int) {
        let process = below(Self.processes)
        for worker in workers.indices where worker % Self.processes == process {
            workers[worker].life += 1
            workers[worker].lease = nil
            workers[worker].turn = nil
            push(now + 300_000, .attempt(worker: worker, life: workers[worker].life))
        }
        push(now + 5_000_000, .crash)
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    private mutating func push(_ at: Int, _ event: Event) {
        queue.insert((at, event), at: queue.firstIndex { $0.at > at } ?? queue.endIndex)
    }
}
