import Contracts

@testable import DiscordSandbox

/// A hub with its world, driven like a client would.
struct HubBench {
    let seeded = SeededWorld(seed: 1, now: noon)
    var world: World
    var hub: GatewayHub
    var faults = FaultPlan()
    var now = noon
    private var sessionCount = 0

    init(settings: GatewayHub.Settings = .init()) {
        world = seeded.world
        hub = GatewayHub(settings: settings)
    }

    /// Opens a connection and drops its HELLO.
    mutating func open(_ id: UInt64) {
        hub.open(id, version: "10", now: now)
        _ = hub.takeOutputs()
    }

    /// Says something and gives what comes back.
    mutating func say(_ op: Int, _ data: JSONValue, on id: UInt64 = 1) -> [Heard] {
        say(raw: (["op": .int(op), "d": data] as JSONValue).utf8, on: id)
    }

    mutating func say(raw: [UInt8], on id: UInt64 = 1) -> [Heard] {
        sessionCount += 1
        hub.receive(
            raw, on: id, world: world,
            .init(now: now, gatewayURL: "ws://here", freshSessionID: "session-\(sessionCount)"))
        return heard()
    }

    mutating func identify(_ intents: Int, on id: UInt64 = 1, extra: JSONObject = [:]) -> [Heard] {
        let base: JSONObject = ["token": .string(seeded.botToken), "intents": .int(intents), "properties": [:]]
        return say(2, .object(base.merging(extra)), on: id)
    }

    /// Publishes what happened in the world.
    mutating func publish() -> [Heard] {
        for event in world.takeEvents() { hub.publish(event, world: world, &faults) }
        return heard()
    }

    mutating func heard() -> [Heard] {
        hub.takeOutputs().map { output in
            switch output {
            case .send(let id, let bytes), .half(let id, let bytes):
                let payload = (try? JSONParser.parse(bytes)) ?? .null
                return Heard(
                    connection: id, op: payload["op"]?.int, name: payload["t"]?.string, sequence: payload["s"]?.int,
                    data: payload["d"] ?? .null)
            case .close(let id, let code): return Heard(connection: id, close: code)
            case .cut(let id): return Heard(connection: id, isCut: true)
            }
        }
    }

    struct Heard {
        let connection: UInt64
        var op: Int?
        var name: String?
        var sequence: Int?
        var data: JSONValue = .null
        var close: CloseCode?
        var isCut = false
    }
}
