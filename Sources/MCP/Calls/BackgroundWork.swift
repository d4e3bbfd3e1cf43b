import NIOConcurrencyHelpers

/// Runs what must outlive the request that began it: changes that must not stay half done, and tasks.
final class BackgroundWork: Sendable {
    typealias Job = @Sendable () async -> Void

    private struct State {
        var jobs: [Job] = []
        var waiter: CheckedContinuation<Job?, Never>?
        var accepts = false
    }

    private let state = NIOLockedValueBox(State())

    /// Runs jobs until ``stop()``, and returns when all that were accepted are done.
    func run() async {
        state.withLockedValue { $0.accepts = true }
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                while let job = await next() {
                    group.addTask { await job() }
                }
            }
        } onCancel: {
            stop()
        }
    }

    /// Accepts no further job.
    func stop() {
        let waiter = state.withLockedValue { state in
            state.accepts = false
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    /// Begins a job of its own.
    /// - Returns: false when jobs are not run, not yet or no longer.
    func start(_ job: @escaping Job) -> Bool {
        let (isAccepted, waiter) = state.withLockedValue { state in
            guard state.accepts else { return (false, nil as CheckedContinuation<Job?, Never>?) }
            defer { state.waiter = nil }
            if state.waiter == nil { state.jobs.append(job) }
            return (true, state.waiter)
        }
        waiter?.resume(returning: job)
        return isAccepted
    }

    /// Runs work to its end, also when the calling task is cancelled meanwhile.
    func finish(_ work: @escaping Job) async {
        let isDone = await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
            let isAccepted = start {
                await work()
                continuation.resume(returning: true)
            }
            if !isAccepted { continuation.resume(returning: false) }
        }
        // Without a server around it there is no other task to run it in.
        if !isDone { await work() }
    }

    private func next() async -> Job? {
        await withCheckedContinuation { continuation in
            let (isReady, job) = state.withLockedValue { state in
                if !state.jobs.isEmpty { return (true, state.jobs.removeFirst() as Job?) }
                guard state.accepts else { return (true, nil) }
                state.waiter = continuation
                return (false, nil)
            }
            if isReady { continuation.resume(returning: job) }
        }
    }
}
