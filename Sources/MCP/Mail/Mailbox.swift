import NIOConcurrencyHelpers

/// Carries short letters between front doors: what a legacy client says to one of them may concern a call, a stream or
/// a task of another. A lost letter is an answer that came too late, never more.
public protocol Mailbox: Sendable {
    /// Sends a letter to every front door; whether this one gets it too does not matter.
    /// - Throws: 503 when it cannot be sent now.
    func send(_ letter: [UInt8]) async throws(Problem)

    /// Hands over letters, one after another, until the task is cancelled.
    func receive(_ handle: @escaping @Sendable ([UInt8]) async -> Void) async
}

/// For servers of one process.
public final class InMemoryMailbox: Mailbox {
    private static let maximumWaiting = 10_000

    private let receivers = NIOLockedValueBox<[Int: AsyncStream<[UInt8]>.Continuation]>([:])

    public init() {}

    public func send(_ letter: [UInt8]) async throws(Problem) {
        for receiver in receivers.withLockedValue({ Array($0.values) }) { receiver.yield(letter) }
    }

    public func receive(_ handle: @escaping @Sendable ([UInt8]) async -> Void) async {
        let (letters, receiver) = AsyncStream.makeStream(
            of: [UInt8].self, bufferingPolicy: .bufferingNewest(Self.maximumWaiting))
        let number = receivers.withLockedValue { receivers in
            let number = (receivers.keys.max() ?? 0) + 1
            receivers[number] = receiver
            return number
        }
        for await letter in letters { await handle(letter) }
        receivers.withLockedValue { _ = $0.removeValue(forKey: number) }
    }
}
