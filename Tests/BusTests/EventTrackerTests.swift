import Contracts
import TestSupport
import Testing

@testable import Bus

@Suite("Event history and tracker, through a channel that loses")
struct EventTrackerTests {
    @Test(
        "Everything after a reset is delivered in order and once; what is lost is healed or told",
        arguments: UInt64(1)...30)
    func properties(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var history = EventHistory(epoch: 7, capacity: 50)
        var tracker = EventTracker(bufferLimit: 30)
        var expected: UInt64?
        var asked: [EventTracker.Gap] = []
        var resets = 0

        func take(_ step: EventTracker.Step) {
            for delivery in step.deliveries {
                switch delivery {
                case .reset(let position):
                    #expect(position.sequence + 1 >= expected ?? 0, "seed \(seed): a reset goes back")
                    expected = position.sequence + 1
                    resets += 1
                case .event(let event):
                    #expect(event.sequence == expected, "seed \(seed): out of order")
                    expected = event.sequence + 1
                }
            }
            if let gap = step.ask { asked.append(gap) }
        }
        func answer() {
            guard !asked.isEmpty else { return }
            let gap = asked.removeFirst()
            var request = WireEventReplayRequest()
            (request.epoch, request.fromSequence, request.toSequence) = (gap.epoch, gap.from, gap.to)
            take(tracker.replayed(history.replay(request, atMost: 10), for: gap))
        }

        for _ in 0..<1000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: _ = history.append(WireEvent())
            case 5..<8:
                for event in history.takeUnsent(atMost: 5) where Int.random(in: 0..<6, using: &random) > 0 {
                    take(tracker.received(event))
                }
            case 8: answer()
            default: if !history.hasUnsent { take(tracker.heartbeat(history.position)) }
            }
        }
        for event in history.takeUnsent(atMost: 10_000) { take(tracker.received(event)) }
        take(tracker.heartbeat(history.position))
        while !asked.isEmpty { answer() }
        take(tracker.heartbeat(history.position))
        while !asked.isEmpty { answer() }
        #expect(tracker.position == history.position, "seed \(seed): a lost tail was not seen")
        #expect(expected == history.last + 1)
        #expect(resets >= 1)
    }

    @Test("Events of an earlier life of the gateway are dropped, a later life resets")
    func epochs() {
        var tracker = EventTracker()
        var event = WireEvent()
        (event.epoch, event.sequence) = (5, 3)
        #expect(tracker.received(event).deliveries.count == 2)
        event.epoch = 4
        #expect(tracker.received(event).deliveries.isEmpty)
        #expect(tracker.heartbeat(EventPosition(epoch: 6, sequence: 9)).deliveries.count == 1)
        #expect(tracker.position == EventPosition(epoch: 6, sequence: 9))
    }

    @Test("Only when nothing but an earlier epoch is heard, it is believed")
    func anEpochThatGoesBack() {
        var tracker = EventTracker()
        #expect(tracker.heartbeat(EventPosition(epoch: 6, sequence: 9)).deliveries.count == 1)
        let old = EventPosition(epoch: 5, sequence: 2)
        for _ in 0..<10 {
            for _ in 1..<EventTracker.oldHeartbeatsToBelieve { #expect(tracker.heartbeat(old).deliveries.isEmpty) }
            #expect(tracker.heartbeat(EventPosition(epoch: 6, sequence: 9)).deliveries.isEmpty)
        }
        for _ in 1..<EventTracker.oldHeartbeatsToBelieve { #expect(tracker.heartbeat(old).deliveries.isEmpty) }
        #expect(tracker.heartbeat(old).deliveries.count == 1)
        #expect(tracker.position == old)
    }

    @Test("A replay that is too old is not available")
    func history() {
        var history = EventHistory(epoch: 1, capacity: 3)
        for _ in 0..<5 { _ = history.append(WireEvent()) }
        var request = WireEventReplayRequest()
        (request.epoch, request.fromSequence, request.toSequence) = (1, 2, 5)
        #expect(!history.replay(request, atMost: 10).available)
        request.fromSequence = 3
        #expect(history.replay(request, atMost: 10).events.map(\.sequence) == [3, 4, 5])
        #expect(history.replay(request, atMost: 2).events.map(\.sequence) == [3, 4])
        request.epoch = 2
        #expect(!history.replay(request, atMost: 10).available)
    }
}
