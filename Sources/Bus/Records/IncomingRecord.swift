/// One life of one producing process: its records are numbered from 1 without a gap.
public struct RecordStream: Hashable, Sendable {
    public let producer: String
    /// The start of that life, unix microseconds.
    public let epoch: UInt64

    public init(producer: String, epoch: UInt64) {
        self.producer = producer
        self.epoch = epoch
    }
}

/// A record as it arrived, byte for byte.
public struct IncomingRecord: Hashable, Sendable {
    public let stream: RecordStream
    public let sequence: UInt64
    /// A serialized `AuditRecord`, not checked.
    public let body: [UInt8]

    public init(stream: RecordStream, sequence: UInt64, body: [UInt8]) {
        self.stream = stream
        self.sequence = sequence
        self.body = body
    }
}

/// How far a stream's records are on disk.
public struct RecordPosition: Hashable, Sendable {
    /// The last durable record's number in its stream.
    public var sequence: UInt64
    /// The place of that record in the log.
    public var logSequence: UInt64

    public init(sequence: UInt64, logSequence: UInt64) {
        self.sequence = sequence
        self.logSequence = logSequence
    }
}
