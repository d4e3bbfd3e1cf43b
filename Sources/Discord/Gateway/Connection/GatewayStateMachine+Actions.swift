import Contracts

extension GatewayStateMachine {
    enum Input: Sendable {
        case start
        /// `isReading` false: the consumer holds us up.
        case tick(isReading: Bool)
        case startLimit(GatewayBot)
        case startLimitFailed(tokenRejected: Bool)
        case connected
        case connectFailed
        case frame(GatewayFrame)
        /// A message that is not a payload.
        case malformed(String)
        /// The stream cannot be read on.
        case broken(String)
        case turn(Purpose, GatewayTurnAnswer)
        /// The other side ended the connection; nil without a code.
        case closed(code: Int?)
    }

    enum Action: Hashable, Sendable {
        case fetchStartLimit
        /// Without the query.
        case connect(url: String)
        case takeTurn(Purpose)
        case heartbeat(sequence: Int?)
        case identify
        case resume(GatewaySession)
        case send([UInt8])
        case deliver(GatewayDispatch)
        case answered(id: UInt64, Result<MemberAnswer, MemberRequestFailure>)
        /// Write down that something could not be read.
        case record(String)
        /// Close with a code that keeps the session alive.
        case close
        case fail(GatewayFailure)
    }

    /// What a turn is wanted for.
    enum Purpose: Hashable, Sendable {
        case identify(GatewayTurn)
        case memberList(id: UInt64, GatewayTurn)

        var turn: GatewayTurn {
            switch self {
            case .identify(let turn), .memberList(_, let turn): turn
            }
        }
    }
}
