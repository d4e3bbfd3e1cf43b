/// What one front door tells the others.
enum Letter: Sendable, Equatable {
    /// A client answered a question.
    /// - Parameter result: nil when it answered with an error.
    case answer(session: String, ticket: String, result: JSONValue?)
    /// A client takes a request back.
    case cancelled(session: String, request: JSONValue)
    /// A session's subscriptions are others now.
    case subscriptions(session: String)
    /// A session's own stream is served by whoever sent this.
    case stream(session: String, name: String)
    /// A stream has a further message in the store.
    case event(StreamID)
    /// A task's record is another now.
    case task(id: String)

    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONReader.read(bytes), let kind = value["k"]?.string else { return nil }
        let session = value["s"]?.string
        switch (kind, session) {
        case ("answer", let session?):
            guard let ticket = value["t"]?.string else { return nil }
            self = .answer(session: session, ticket: ticket, result: value["r"])
        case ("cancelled", let session?):
            guard let request = value["i"] else { return nil }
            self = .cancelled(session: session, request: request)
        case ("subscriptions", let session?): self = .subscriptions(session: session)
        case ("stream", let session?):
            guard let name = value["n"]?.string else { return nil }
            self = .stream(session: session, name: name)
        case ("event", let session?):
            guard let name = value["n"]?.string else { return nil }
            self = .event(StreamID(session: session, name: name))
        case ("task", _):
            guard let id = value["i"]?.string else { return nil }
            self = .task(id: id)
        default: return nil
        }
    }

    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            switch self {
            case .answer(let session, let ticket, let result):
                writer.member("k", "answer")
                writer.member("s", session)
                writer.member("t", ticket)
                if let result { writer.member("r", result) }
            case .cancelled(let session, let request):
                writer.member("k", "cancelled")
                writer.member("s", session)
                writer.member("i", request)
            case .subscriptions(let session):
                writer.member("k", "subscriptions")
                writer.member("s", session)
            case .stream(let session, let name):
                writer.member("k", "stream")
                writer.member("s", session)
                writer.member("n", name)
            case .event(let stream):
                writer.member("k", "event")
                writer.member("s", stream.session)
                writer.member("n", stream.name)
            case .task(let id):
                writer.member("k", "task")
                writer.member("i", id)
            }
        }
        return writer.bytes
    }
}
