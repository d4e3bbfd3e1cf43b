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
