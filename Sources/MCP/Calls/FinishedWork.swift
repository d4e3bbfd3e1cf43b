import NIOConcurrencyHelpers

/// Carries the value of work from the task that did it to the one that waited.
struct FinishedWork<Value: Sendable>: Sendable {
    private let box = NIOLockedValueBox<Value?>(nil)

    func set(_ value: Value) {
        box.withLockedValue { $0 = value }
    }

    var value: Value {
        guard let value = box.withLockedValue({ $0 }) else {
            // Whoever runs work returns only after it: there is no way to come here without a value.
            preconditionFailure("the work was not run")
        }
        return value
    }
}
