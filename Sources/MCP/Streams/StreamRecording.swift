/// Keeps a legacy stream's messages for a client that loses its connection and comes back with `Last-Event-ID`.
struct StreamRecording: Sendable {
    let stream: StreamID
    /// When a client should come back, told at the beginning of the stream; nil: the client's revision has no such
    /// beginning.
    let retry: Duration?
    let recorder: EventRecorder

    func eventID(_ sequence: Int) -> String {
        EventID(stream: stream.name, sequence: sequence).text
    }

    func begin() {
        recorder.record(.begin, in: stream)
    }

    func record(_ json: [UInt8], sequence: Int) {
        recorder.record(.message(StoredEvent(sequence: sequence, json: json)), in: stream)
    }

    func finish() {
        recorder.record(.end, in: stream)
    }
}

/// A stream of a session.
public struct StreamID: Hashable, Sendable {
    /// The session's own id: only its client may read the stream.
    public let session: String
    public let name: String

    public init(session: String, name: String) {
        self.session = session
        self.name = name
    }
}

/// The id of an event on the wire: `STREAM-SEQUENCE`.
struct EventID: Equatable {
    let stream: String
    let sequence: Int

    init(stream: String, sequence: Int) {
        self.stream = stream
        self.sequence = sequence
    }

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), let sequence = Int(parts[1]), sequence >= 0
        else {
            return nil
        }
        stream = String(parts[0])
        self.sequence = sequence
    }

    var text: String {
        "\(stream)-\(sequence)"
    }
}
