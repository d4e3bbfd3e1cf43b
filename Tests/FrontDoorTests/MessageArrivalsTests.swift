import Contracts
import Testing

@testable import FrontDoor

@Suite(.timeLimit(.minutes(1)))
struct MessageArrivalsTests {
    private func event(_ type: String, _ id: UInt64) -> WireEvent {
        var event = WireEvent()
        event.type = type
        event.messageID = id
        return event
    }

    @Test func anEventThatCameBeforeIsNotWaitedFor() async {
        let arrivals = MessageArrivals()
        arrivals.note(event("MESSAGE_CREATE", 7))
        await arrivals.wait(for: .init(type: "MESSAGE_CREATE", messageID: 7), atMost: .seconds(3600))
    }

    @Test func anEventThatComesLaterEndsTheWait() async {
        let arrivals = MessageArrivals()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await arrivals.wait(for: .init(type: "MESSAGE_DELETE", messageID: 7), atMost: .seconds(3600))
            }
            arrivals.note(event("MESSAGE_CREATE", 7))
            arrivals.note(event("MESSAGE_DELETE", 8))
            arrivals.note(event("MESSAGE_DELETE", 7))
        }
    }

    @Test func withoutTheEventTheWaitEnds() async {
        let arrivals = MessageArrivals()
        let begun = ContinuousClock.now
        await arrivals.wait(for: .init(type: "MESSAGE_CREATE", messageID: 7), atMost: .milliseconds(20))
        #expect(ContinuousClock.now - begun >= .milliseconds(20))
    }
}
