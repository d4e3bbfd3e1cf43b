/// Waits until the task is cancelled: work that hangs, without a clock.
public func untilCancelled() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    for await _ in stream {}
    continuation.finish()
}
