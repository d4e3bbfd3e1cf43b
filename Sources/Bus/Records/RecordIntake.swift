/// Which of the arriving records are new, and what is to be acknowledged. Pure.
struct RecordIntake: Sendable {
    struct Acknowledgement: Hashable, Sendable {
        let stream: RecordStream
        let upTo: RecordPosition
        /// First record of the contiguous run in the log that ends at `upTo`; 0: not known.
        let firstSequence: UInt64
        let resend: Bool
    }

    /// A record that is durable, at its place in the log.
    struct Written: Hashable, Sendable {
        let stream: RecordStream
        let sequence: UInt64
        let logSequence: UInt64
    }

    enum Verdict: Hashable, Sendable {
        /// The records from this offset on are new.
        case accepted(from: Int)
        /// All are here, but not durable yet; their acknowledgement follows.
        case waiting
        /// All are durable, or there is a gap: answer at once.
        case answer(Acknowledgement)
    }

    private struct Stream: Sendable {
        var durable: RecordPosition
        /// Everything up to here was handed on.
        var accepted: UInt64
    }

    private var streams: [RecordStream: Stream]
    private let largestNumberOfStreams: Int

    /// - Parameter known: what the log holds already.
    init(known: [RecordStream: RecordPosition], largestNumberOfStreams: Int = 1024) {
        self.largestNumberOfStreams = largestNumberOfStreams
        streams = known.mapValues { Stream(durable: $0, accepted: $0.sequence) }
    }

    mutating func offer(_ stream: RecordStream, first: UInt64, count: Int) -> Verdict {
        let state = streams[stream] ?? newStream(stream)
        guard first > 0, first <= state.accepted + 1 else {
            return .answer(acknowledgement(of: stream, state, resend: true))
        }
        let last = first + UInt64(count) - 1
        guard last > state.accepted else {
            return last <= state.durable.sequence
                ? .answer(acknowledgement(of: stream, state, resend: false)) : .waiting
        }
        streams[stream]?.accepted = last
        return .accepted(from: Int(state.accepted + 1 - first))
    }

    /// Records were written; they are in order within each stream.
    ///
    /// - Returns: an acknowledgement for each run of neighbours in the log.
    mutating func written(_ records: [Written]) -> [Acknowledgement] {
        var result: [Acknowledgement] = []
        var open: [RecordStream: Int] = [:]
        for record in records {
            guard let last = streams[record.stream]?.durable else { continue }
            let position = RecordPosition(sequence: record.sequence, logSequence: record.logSequence)
            streams[record.stream]?.durable = position
            if let index = open[record.stream], record.logSequence == last.logSequence + 1 {
                result[index] = Acknowledgement(
                    stream: record.stream, upTo: position, firstSequence: result[index].firstSequence, resend: false)
            } else {
                open[record.stream] = result.count
                result.append(
                    Acknowledgement(
                        stream: record.stream, upTo: position, firstSequence: record.sequence, resend: false))
            }
        }
        return result
    }

    /// What was handed on and not written is asked for again.
    ///
    /// - Returns: the durable position of these streams.
    mutating func refused(_ refused: Set<RecordStream>) -> [Acknowledgement] {
        streams = streams.mapValues { Stream(durable: $0.durable, accepted: $0.durable.sequence) }
        return refused.compactMap { stream in
            streams[stream].map { acknowledgement(of: stream, $0, resend: false) }
        }
    }

    private mutating func newStream(_ stream: RecordStream) -> Stream {
        if streams.count >= largestNumberOfStreams,
            let oldest = streams.keys.min(by: { $0.epoch < $1.epoch })
        {
            streams[oldest] = nil
        }
        let state = Stream(durable: RecordPosition(sequence: 0, logSequence: 0), accepted: 0)
        streams[stream] = state
        return state
    }

    private func acknowledgement(of stream: RecordStream, _ state: Stream, resend: Bool) -> Acknowledgement {
        Acknowledgement(
            stream: stream, upTo: state.durable,
            firstSequence: state.durable.logSequence == 0 ? 0 : state.durable.sequence, resend: resend)
    }
}
