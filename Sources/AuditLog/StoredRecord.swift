public import Contracts

/// One record as it lies in the log.
///
/// On disk, integers little endian:
///
/// | size | field |
/// |---|---|
/// | 4 | length of all that follows |
/// | 32 | record hash: SHA-256 of the payload |
/// | 32 | chain hash: SHA-256 of (the record before's chain hash, record hash) |
/// | 8 | sequence, from 1 |
/// | 8 | sequence of the first record that was made durable together with this one |
/// | 8 | time of writing, unix microseconds |
/// | 8 | the producer's epoch |
/// | 8 | the producer's sequence |
/// | 2 + n | the producer's name |
/// | rest | body: a serialized `WireAuditRecord`, as the producer sent it |
///
/// The payload is everything from the sequence on.
public struct StoredRecord: Hashable, Sendable {
    /// Position in the log, from 1, without gaps.
    public let sequence: UInt64
    /// Sequence of the first record of the group that one fdatasync made durable.
    public let group: UInt64
    /// Unix microseconds by the writer's clock.
    public let time: Int64
    public let producer: ProducerPosition
    public let body: [UInt8]
    public let recordHash: Digest
    public let chainHash: Digest

    /// The body, decoded.
    public func content() throws(WireError) -> WireAuditRecord {
        try WireAuditRecord(wireBytes: body)
    }
}

/// Which producer sent a record, and as its how-manieth.
public struct ProducerPosition: Hashable, Sendable {
    public let name: String
    /// Start of the producer in unix microseconds.
    public let epoch: UInt64
    public let sequence: UInt64

    public init(name: String, epoch: UInt64, sequence: UInt64) {
        self.name = name
        self.epoch = epoch
        self.sequence = sequence
    }
}

extension StoredRecord {
    static let prefixSize = 4 + 2 * Digest.size
    static let fixedPayloadSize = 5 * 8 + 2
    /// A longer one can only be damage: the bus carries at most 1 MiB.
    static let maximumSize = 2 << 20

    /// The record as bytes, linked to the one before it.
    static func encode(
        sequence: UInt64, group: UInt64, time: Int64, producer: ProducerPosition, body: [UInt8], previous: Digest
    ) -> (bytes: [UInt8], chain: Digest) {
        let name = Array(producer.name.utf8.prefix(Int(UInt16.max)))
        var payload: [UInt8] = []
        payload.reserveCapacity(fixedPayloadSize + name.count + body.count)
        payload.append(littleEndian: sequence)
        payload.append(littleEndian: group)
        payload.append(littleEndian: UInt64(bitPattern: time))
        payload.append(littleEndian: producer.epoch)
        payload.append(littleEndian: producer.sequence)
        payload.append(littleEndian: UInt16(name.count))
        payload += name
        payload += body
        let hash = payload.withUnsafeBytes { Digest.sha256($0) }
        let chain = hash.following(previous)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(prefixSize + payload.count)
        bytes.append(littleEndian: UInt32(2 * Digest.size + payload.count))
        bytes += hash.bytes
        bytes += chain.bytes
        bytes += payload
        return (bytes, chain)
    }
}

extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
