public import Contracts
import NIOConcurrencyHelpers

/// The turns of one process that uses a bot token alone, or that lost the shared ones.
public struct LocalGatewayTurns: GatewayTurns {
    private let book = NIOLockedValueBox(TurnBook())
    private let start = ContinuousClock.now

    public init() {}

    public func take(_ turn: GatewayTurn) async -> GatewayTurnAnswer {
        let now = ContinuousClock.now - start
        return book.withLockedValue { $0.take(turn, at: now) }
    }

    public func succeeded(_ series: String) async {
        book.withLockedValue { $0.succeeded(series) }
    }
}
