import NIOConcurrencyHelpers

/// Lets the shards of one process go to IDENTIFY one after another, the lowest first: a connection that would only
/// wait for its turn is not opened.
final class LaunchQueue: Sendable {
    private struct Waiter {
        let shard: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Bucket {
        var isTaken = false
        var waiters: [Waiter] = []

        /// Who goes now; nil: nobody waits, and the place is free.
        mutating func next() -> Waiter? {
            guard let first = waiters.indices.min(by: { waiters[$0].shard < waiters[$1].shard }) else {
                isTaken = false
                return nil
            }
            return waiters.remove(at: first)
        }
    }

    private let buckets = NIOLockedValueBox<[Int: Bucket]>([:])

    /// - Parameter bucket: shards of different buckets may go at the same time.
    /// - Returns: false when the task was cancelled; else `leave` must follow.
    func enter(bucket: Int, shard: Int) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isFree: Bool? = buckets.withLockedValue { buckets in
                    if Task.isCancelled { return false }
                    guard buckets[bucket, default: Bucket()].isTaken else {
                        buckets[bucket, default: Bucket()].isTaken = true
                        return true
                    }
                    buckets[bucket]?.waiters.append(Waiter(shard: shard, continuation: continuation))
                    return nil
                }
                if let isFree { continuation.resume(returning: isFree) }
            }
        } onCancel: {
            let waiter = buckets.withLockedValue { buckets -> Waiter? in
                guard let index = buckets[bucket]?.waiters.firstIndex(where: { $0.shard == shard }) else { return nil }
                return buckets[bucket]?.waiters.remove(at: index)
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    func waiting(bucket: Int) -> Int {
        buckets.withLockedValue { $0[bucket]?.waiters.count ?? 0 }
    }

    func leave(bucket: Int) {
        let next = buckets.withLockedValue { $0[bucket]?.next() ?? nil }
        next?.continuation.resume(returning: true)
    }
}
