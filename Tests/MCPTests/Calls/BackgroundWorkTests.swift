import NIOConcurrencyHelpers
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct BackgroundWorkTests {
    @Test func workIsFinishedAlthoughItsCallerIsCancelled() async {
        let background = BackgroundWork()
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let seen = NIOLockedValueBox<[String]>([])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await background.run() }
            await withTaskGroup(of: Void.self) { callers in
                callers.addTask {
                    await background.finish {
                        beginning.yield()
                        for await _ in released { break }
                        seen.withLockedValue { $0.append(Task.isCancelled ? "cancelled" : "finished") }
                    }
                    seen.withLockedValue { $0.append("returned, caller cancelled: \(Task.isCancelled)") }
                }
                for await _ in began { break }
                callers.cancelAll()
                release.yield()
            }
            background.stop()
        }
        #expect(seen.withLockedValue { $0 } == ["finished", "returned, caller cancelled: true"])
    }

    @Test func whatWasAcceptedIsDoneBeforeTheEnd() async {
        let background = BackgroundWork()
        let done = NIOLockedValueBox(0)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await background.run() }
            // The first one may come before the loop runs.
            while !background.start({ done.withLockedValue { $0 += 1 } }) { await Task.yield() }
            for _ in 0..<99 { #expect(background.start { done.withLockedValue { $0 += 1 } }) }
            background.stop()
            #expect(!background.start {})
        }
        #expect(done.withLockedValue { $0 } == 100)
        // Without a loop, work is done where it is called.
        await background.finish { done.withLockedValue { $0 += 1 } }
        #expect(done.withLockedValue { $0 } == 101)
    }
}
