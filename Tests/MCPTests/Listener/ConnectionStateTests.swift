import Testing

@testable import MCP

@Suite struct ConnectionStateTests {
    private let start = ContinuousClock.now
    private let limits = ConnectionLimits(
        firstHead: .seconds(10),
        idle: .seconds(60),
        body: .seconds(30),
        stall: .seconds(40),
        drainIdle: .seconds(1),
        drain: .seconds(20)
    )

    private func at(_ seconds: Double) -> ContinuousClock.Instant {
        start + .seconds(seconds)
    }

    private func exchange(_ state: inout ConnectionState, at seconds: Double) {
        state.headRead(at: at(seconds))
        #expect(state.endRead(at: at(seconds)) == false)
        #expect(state.responseBegins() == false)
        #expect(state.responseEnds(at: at(seconds)) == .stays)
    }

    @Test func firstHeadIsWaitedForBriefly() {
        let state = ConnectionState(limits: limits, now: start)
        #expect(!state.isExpired(at: at(9.9)))
        #expect(state.isExpired(at: at(10)))
    }

    @Test func aBodyThatTricklesIsCutOff() {
        var state = ConnectionState(limits: limits, now: start)
        state.headRead(at: at(5))
        for second in 6..<35 {
            #expect(state.bodyRead(1) == false)
            #expect(!state.isExpired(at: at(Double(second))))
        }
        #expect(state.isExpired(at: at(35)))
    }

    @Test func aHandlerMayTakeItsTime() {
        var state = ConnectionState(limits: limits, now: start)
        state.headRead(at: at(1))
        #expect(state.endRead(at: at(2)) == false)
        #expect(state.deadline == nil)
    }

    @Test func aClientThatDoesNotReadIsCutOff() {
        var state = ConnectionState(limits: limits, now: start)
        state.headRead(at: at(0))
        #expect(state.endRead(at: at(0)) == false)
        state.writabilityChanged(false, at: at(1))
        state.writabilityChanged(false, at: at(30))
        #expect(!state.isExpired(at: at(40.9)))
        #expect(state.isExpired(at: at(41)))
        state.writabilityChanged(true, at: at(40))
        #expect(state.deadline == nil)
    }

    @Test func idleConnectionsAreClosed() {
        var state = ConnectionState(limits: limits, now: start)
        exchange(&state, at: 1)
        #expect(!state.isExpired(at: at(60.9)))
        #expect(state.isExpired(at: at(61)))
    }

    @Test func anEarlyAnswerLeavesTimeAndBytesToReadIt() {
        var state = ConnectionState(limits: limits, now: start)
        state.headRead(at: at(0))
        #expect(state.responseBegins() == false)
        #expect(state.responseEnds(at: at(1)) == .stays)
        #expect(state.bodyRead(ConnectionState.discardable) == false)
        #expect(state.bodyRead(1) == true)
        #expect(state.isExpired(at: at(6)))
        #expect(state.endRead(at: at(2)) == false)
        #expect(!state.isExpired(at: at(6)))
    }

    @Test func anEarlyAnswerWhileDrainingClosesAtTheEndOfTheBody() {
        var state = ConnectionState(limits: limits, now: start)
        state.drain(at: at(0))
        state.headRead(at: at(1))
        #expect(!state.isDiscarding)
        #expect(state.responseBegins() == true)
        #expect(state.responseEnds(at: at(1)) == .closesOutput)
        #expect(state.isDiscarding)
        #expect(state.bodyRead(ConnectionState.discardable) == false)
        #expect(!state.isExpired(at: at(5.9)))
        #expect(state.isExpired(at: at(6)))
        #expect(state.endRead(at: at(2)) == true)
    }

    @Test func drainingFinishesWhatIsInFlight() {
        var state = ConnectionState(limits: limits, now: start)
        state.headRead(at: at(0))
        #expect(state.endRead(at: at(0)) == false)
        state.drain(at: at(1))
        #expect(!state.isExpired(at: at(20)))
        #expect(state.isExpired(at: at(21)))
        #expect(state.responseBegins() == true)
        #expect(state.responseEnds(at: at(3)) == .closes)
    }

    @Test func drainingWaitsForTheRequestOnItsWay() {
        var state = ConnectionState(limits: limits, now: start)
        exchange(&state, at: 1)
        state.drain(at: at(2))
        #expect(!state.isExpired(at: at(2.9)))
        #expect(state.isExpired(at: at(3)))
        state.headRead(at: at(2.5))
        #expect(state.endRead(at: at(2.5)) == false)
        #expect(!state.isExpired(at: at(3)))
        #expect(state.responseBegins() == true)
        #expect(state.responseEnds(at: at(4)) == .closes)
    }

    @Test func pipelinedRequestsAreAnsweredBeforeTheDrainCloses() {
        var state = ConnectionState(limits: limits, now: start)
        for _ in 0..<2 {
            state.headRead(at: at(0))
            #expect(state.endRead(at: at(0)) == false)
        }
        state.drain(at: at(0))
        #expect(state.responseBegins() == false)
        #expect(state.responseEnds(at: at(0)) == .stays)
        #expect(state.responseBegins() == true)
        #expect(state.responseEnds(at: at(0)) == .closes)
    }
}
