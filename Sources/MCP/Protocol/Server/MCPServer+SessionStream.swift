import HTTPTypes

/// The stream that a legacy session opens with GET: changes, or the rest of a stream that was lost.
extension MCPServer {
    /// A stream that never says anything would only cost its client a connection.
    var hasSessionStreams: Bool {
        capabilities.announcesChanges || state.events != nil
    }

    func openSessionStream(_ arrival: Arrival) async throws(Problem) -> MCPReply {
        let admission = try await admit(arrival)
        let session: SessionClaims
        do throws(SessionFailure) {
            session = try await self.session(of: arrival.request, for: admission.caller)
        } catch {
            return .whole(response(to: error, id: .null, requestID: arrival.request.id))
        }
        guard MediaTypes.acceptsEventStream(arrival.request.headers[.accept]) else {
            throw Problem(.notAcceptable, detail: "Accept must list text/event-stream.")
        }
        let exchange = Exchange(arrival: arrival, admission: admission, era: .legacy, source: [], session: session)
        if let last = arrival.request.headers[.lastEventID] {
            guard let id = EventID(last) else {
                throw Problem(.badRequest, detail: "Last-Event-ID is no event id of this server.")
            }
            return try await resume(id, in: session, exchange)
        }
        guard capabilities.announcesChanges else {
            throw Problem(
                .methodNotAllowed, detail: "There are no changes to hear of.", headers: [.allow: "POST, DELETE"])
        }
        return try await follow(session, exchange)
    }

    /// Where a legacy answer's messages are kept for a client that loses its connection.
    func recording(in session: SessionClaims) -> StreamRecording? {
        guard let recorder else { return nil }
        return StreamRecording(
            stream: StreamID(session: session.id, name: RandomName.next()),
            // Earlier revisions know no event without a message.
            retry: session.version == .v2025November ? configuration.retry : nil,
            recorder: recorder)
    }

    func renewSubscriptions(of session: String) async {
        let streams = hub.streams(ofSession: session)
        guard !streams.isEmpty, let state = try? await state.sessions.state(of: session) else { return }
        for (number, _) in streams { hub.change(number, wanting: wanted(by: state)) }
    }

    /// Ends a session's own streams: it has another one now.
    func endStreams(of session: String, but name: String) {
        for (number, stream) in hub.streams(ofSession: session) where stream.stream.recording?.stream.name != name {
            end(number, stream)
        }
    }

    private func follow(_ session: SessionClaims, _ exchange: Exchange) async throws(Problem) -> MCPReply {
        let state = try await state.sessions.state(of: session.id)
        let recording = recording(in: session)
        let stream = stream(for: exchange, recording: recording)
        let changes = ChangeStream(
            caller: exchange.caller, bearer: exchange.arrival.bearer, owner: .legacy(session: session.id),
            stream: stream)
        // A message goes on one stream of a session only, wherever it is served: the newest.
        if let recording {
            await post(.stream(session: session.id, name: recording.stream.name))
        } else {
            endStreams(of: session.id, but: "")
        }
        let number: ChangeHub.Number
        do throws(RequestFailure) {
            number = try open(changes, wanting: wanted(by: state))
        } catch {
            guard case .problem(let problem) = error else { throw Problem(.internalServerError) }
            throw problem
        }
        stream.becomeLongLived()
        keepAlive.add(stream)
        await changes.untilOver()
        keepAlive.remove(stream)
        hub.remove(number)
        stream.finish(nil)
        return .streamed
    }

    private func resume(
        _ id: EventID, in session: SessionClaims, _ exchange: Exchange
    ) async throws(Problem) -> MCPReply {
        let name = StreamID(session: session.id, name: id.stream)
        let (number, signals) = resumed.signals(of: name)
        defer { resumed.forget(name, number) }
        var sequence = id.sequence
        await recorder?.flush(name)
        guard let store = state.events, let kept = try await store.events(of: name, after: sequence) else {
            throw Problem(.notFound, detail: "The stream is not known any more. Send the request again.")
        }
        let stream = stream(for: exchange)
        stream.becomeLongLived()
        keepAlive.add(stream)
        defer { keepAlive.remove(stream) }
        var rest: StoredStream? = kept
        var wakeUps = signals.makeAsyncIterator()
        while let events = rest {
            for event in events.events {
                guard stream.resend(event.json, id: EventID(stream: id.stream, sequence: event.sequence).text) else {
                    stream.abort()
                    return .streamed
                }
                sequence = event.sequence
            }
            guard !events.isFinished, await wakeUps.next(isolation: #isolation) != nil else { break }
            rest = try? await store.events(of: name, after: sequence)
        }
        stream.finish(nil)
        return .streamed
    }

    private func wanted(by state: SessionState) -> Set<Change> {
        let announces = configuration.announces
        var changes = Set(state.subscriptions.map { Change.resource(uri: $0) })
        if announces.toolList { changes.insert(.toolList) }
        if announces.promptList { changes.insert(.promptList) }
        if announces.resourceList { changes.insert(.resourceList) }
        return changes
    }
}
