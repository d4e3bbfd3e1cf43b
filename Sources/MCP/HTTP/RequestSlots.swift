import HTTPTypes
import NIOConcurrencyHelpers

/// How many requests are served at the same time.
struct RequestSlots: Sendable {
    private let limit: Int
    private let taken = NIOLockedValueBox(0)

    init(limit: Int) {
        self.limit = limit
    }

    func take() -> Bool {
        taken.withLockedValue { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
    }

    func giveBack() {
        taken.withLockedValue { $0 -= 1 }
    }
}

/// A place among the requests, taken when the request begins and given back once: when the request is answered, or becomes a stream that stays open.
final class RequestPlace: RequestHold {
    private let slots: RequestSlots
    private let connection: ConnectionInWork?
    private let isTaken = NIOLockedValueBox(false)

    init(_ slots: RequestSlots, _ connection: ConnectionInWork?) {
        self.slots = slots
        self.connection = connection
    }

    func begins() throws(Problem) {
        guard slots.take() else {
            throw Problem(
                .serviceUnavailable,
                detail: "The server has as many requests as it can serve. Try again in a moment.",
                headers: [.retryAfter: "1"]
            )
        }
        isTaken.withLockedValue { $0 = true }
    }

    func giveBack() {
        let wasTaken = isTaken.withLockedValue { isTaken in
            defer { isTaken = false }
            return isTaken
        }
        if wasTaken { slots.giveBack() }
    }

    func becomesLongLived() {
        giveBack()
    }

    func outlivesConnection() {
        connection?.outlivesConnection = true
    }
}
