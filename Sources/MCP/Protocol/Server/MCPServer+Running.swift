import HTTPTypes

/// What goes on beside the requests.
extension MCPServer {
    /// Carries letters, keeps streams alive, runs tasks and what must not stay half done. Requests need it: to be run
    /// beside the listener, and until the listener is done. Returns after ``stop()``, when all work is done; a cancelled
    /// task does the same.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                await state.mailbox.receive { [self] bytes in
                    if let letter = Letter(bytes) { await take(letter) }
                }
            }
            group.addTask { [self] in
                await recorder?.run { [self] stream in await post(.event(stream)) }
            }
            group.addTask { [self] in await tick() }
            await background.run()
            group.cancelAll()
        }
    }

    /// Ends what ``run()`` does, when the requests in work are done.
    public func stop() {
        background.stop()
    }

    /// The server is about to stop: streams of changes end with their result, and no further one begins.
    public func drain() {
        hub.drain()
        for (number, stream) in hub.all() { end(number, stream) }
    }

    /// Tells clients of a change.
    /// - Parameter isConcerned: whether a caller may hear of it.
    public func publish(_ change: Change, to isConcerned: (Caller) -> Bool = { _ in true }) {
        hub.publish(change, to: isConcerned)
    }

    /// Closes the streams of a caller who is not let in any more.
    public func endStreams(ofCaller id: String) {
        for (number, stream) in hub.all(where: { $0.caller.id == id }) { abort(number, stream) }
    }

    private func tick() async {
        let interval = min(.seconds(1), configuration.keepAlive / 3)
        var rechecked = ContinuousClock.now
        var renewed = ContinuousClock.now
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            let now = ContinuousClock.now
            keepAlive.tick(now: now)
            mailroom.tick(now: now)
            runningTasks.signalAll()
            if now - rechecked >= configuration.recheck {
                rechecked = now
                await recheck()
            }
            if now - renewed >= .milliseconds(TaskDesk.lease / 3) {
                renewed = now
                await renewLeases()
            }
        }
    }

    /// Streams stay open for hours; their callers' keys may not.
    private func recheck() async {
        for (number, stream) in hub.all() {
            do throws(Problem) {
                _ = try await authenticator.admit(
                    AdmissionRequest(bearer: stream.bearer, requestID: "", isCounted: false))
            } catch {
                // When nobody can tell, what is open stays open.
                if error.status.kind == .clientError, error.status != .tooManyRequests { abort(number, stream) }
            }
        }
    }

    private func abort(_ number: ChangeHub.Number, _ stream: ChangeStream) {
        hub.remove(number)
        stream.stream.abort()
        stream.over()
    }
}
