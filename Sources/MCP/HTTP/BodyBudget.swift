import HTTPTypes
import NIOConcurrencyHelpers

/// How many bytes of bodies are in memory at the same time, over all requests.
struct BodyBudget: Sendable {
    private let limit: Int
    private let taken = NIOLockedValueBox(0)

    init(limit: Int) {
        self.limit = limit
    }

    func take(_ bytes: Int) -> Bool {
        taken.withLockedValue { taken in
            guard bytes <= limit - taken else { return false }
            taken += bytes
            return true
        }
    }

    func giveBack(_ bytes: Int) {
        taken.withLockedValue { $0 -= bytes }
    }
}

/// What one request has of the budget: the bytes that have arrived, since a slow sender must not hold what it only
/// announced.
final class BodyShare: Sendable {
    private let budget: BodyBudget
    private let bytes = NIOLockedValueBox(0)

    init(of budget: BodyBudget) {
        self.budget = budget
    }

    func take(_ count: Int) throws(Problem) {
        guard budget.take(count) else {
            throw Problem(
                .serviceUnavailable,
                detail: "The server has as many bodies in memory as it can hold. Try again in a moment.",
                headers: [.retryAfter: "1"]
            )
        }
        bytes.withLockedValue { $0 += count }
    }

    /// Once, when the request is done.
    func giveBack() {
        budget.giveBack(bytes.withLockedValue { $0 })
    }
}
