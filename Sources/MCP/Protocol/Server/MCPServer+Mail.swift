/// Letters between front doors.
extension MCPServer {
    /// Acts on a letter here, and sends it to the others unless it concerns only us.
    func post(_ letter: Letter, isForUs: Bool = false) async {
        await take(letter)
        guard !isForUs else { return }
        // A letter that cannot be sent is one that is lost: whoever waits for it gives up in time.
        try? await state.mailbox.send(letter.bytes)
    }

    func take(_ letter: Letter) async {
        switch letter {
        case .answer(let session, let ticket, let result):
            mailroom.deliver(result.map { .result($0) } ?? .error, to: ticket, session: session)
        case .cancelled(let session, let request):
            calls.cancel(CancellableCalls.Name(session: session, request: request))
        case .subscriptions(let session):
            await renewSubscriptions(of: session)
        case .stream(let session, let name):
            endStreams(of: session, but: name)
        case .event(let stream):
            resumed.wake(stream)
        case .task(let id):
            await taskChanged(id)
        }
    }
}
