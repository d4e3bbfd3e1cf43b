import NIOConcurrencyHelpers

/// How many tasks run here, of all callers and of each.
struct TaskPlaces: Sendable {
    private let limits: TaskLimits
    private let taken = NIOLockedValueBox<[String: Int]>([:])

    init(limits: TaskLimits) {
        self.limits = limits
    }

    func take(for caller: Caller) -> Bool {
        taken.withLockedValue { taken in
            let own = taken[caller.id, default: 0]
            guard own < limits.perCaller, taken.values.reduce(0, +) < limits.inAll else { return false }
            taken[caller.id] = own + 1
            return true
        }
    }

    func giveBack(of caller: Caller) {
        taken.withLockedValue { taken in
            let left = taken[caller.id, default: 1] - 1
            taken[caller.id] = left > 0 ? left : nil
        }
    }
}

/// How many tasks one server runs at the same time.
public struct TaskLimits: Sendable {
    public var inAll: Int
    public var perCaller: Int

    public init(inAll: Int = 256, perCaller: Int = 32) {
        self.inAll = inAll
        self.perCaller = perCaller
    }
}
