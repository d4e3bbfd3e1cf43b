import Contracts

/// Puts recorded payloads through what a connection's payloads go through, with no connection: the envelope, the
/// sequences, the session. For judges and benchmarks.
package struct GatewayReplay {
    private var machine: GatewayStateMachine
    private var random = SystemRandomNumberGenerator()

    package init() {
        machine = GatewayStateMachine(configuration: GatewayConfiguration(intents: []), session: nil)
        let limit = GatewayBot.SessionStartLimit(total: 1, remaining: 1, resetAfter: 0, maxConcurrency: 1)
        let hello = GatewayFrame(opcode: 10, data: Array(#"{"heartbeat_interval":41250}"#.utf8))
        let turn = GatewayStateMachine.Purpose.identify(.identify(shard: 0, of: 1, maxConcurrency: 1))
        for input: GatewayStateMachine.Input in [
            .start, .startLimit(GatewayBot(url: "", shards: 1, sessionStartLimit: limit)), .connected, .frame(hello),
            .turn(turn, .taken(after: .zero)),
        ] {
            _ = machine.handle(input, at: .zero, using: &random)
        }
    }

    /// Nil: nothing that is applied.
    package mutating func receive(_ payload: [UInt8]) -> GatewayDispatch? {
        guard let frame = GatewayFrame(json: payload) else { return nil }
        for action in machine.handle(.frame(frame), at: .zero, using: &random) {
            if case .deliver(let dispatch) = action { return dispatch }
        }
        return nil
    }

    /// Whether the bytes are a gateway's payload.
    package static func reads(_ payload: [UInt8]) -> Bool {
        GatewayFrame(json: payload) != nil
    }
}
