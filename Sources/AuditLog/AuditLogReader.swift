public import SystemPackage

/// Reads a log, also one that is being written to: it stops at the last whole record.
public struct AuditLogReader: Sendable {
    public let directory: FilePath

    /// - Parameter directory: the `audit` directory of a data directory.
    public init(directory: FilePath) {
        self.directory = directory
    }

    /// Where a record is damaged.
    public struct Damage: Error, Hashable, Sendable, CustomStringConvertible {
        /// The sequence that the first bad record should have.
        public let sequence: UInt64
        public let segment: String
        /// Byte offset in the segment file.
        public let offset: Int
        public let reason: String

        public var description: String {
            "record \(sequence) (\(segment), byte \(offset)): \(reason)"
        }
    }

    /// Calls `body` with each record from `start` on, in order, until it returns false.
    ///
    /// Every record that is passed over or returned is checked against its hash and the chain.
    /// - Throws: `Damage` at the first bad record, `AuditLogError`, or what `body` throws.
    public func forEachRecord(
        from start: UInt64 = 1, _ body: (StoredRecord) throws -> Bool
    ) throws {
        let segments = try SegmentFile.list(in: directory.appending("segments"))
        // Whole segments before the wanted record need not be read.
        let first = segments.lastIndex { $0.firstSequence <= start } ?? 0
        var expected: (sequence: UInt64, chain: Digest)?
        for (index, segment) in segments.enumerated() where index >= first {
            let name = segment.path.lastComponent?.string ?? ""
            if let expected {
                guard segment.firstSequence == expected.sequence, segment.previousChain == expected.chain else {
                    throw Damage(
                        sequence: expected.sequence, segment: name, offset: 0,
                        reason: "this segment does not continue the one before it: records were removed or replaced")
                }
            } else if index == 0, segment.firstSequence != 1 {
                throw Damage(
                    sequence: 1, segment: name, offset: 0,
                    reason: "the log begins with record \(segment.firstSequence): earlier segments were removed")
            }
            var sequence = segment.firstSequence
            var chain = segment.previousChain
            let isLast = index == segments.count - 1
            let goOn = try segment.contents().withUnsafeBytes { bytes in
                try Self.walk(
                    bytes, segment: name, sequence: &sequence, chain: &chain, isLast: isLast
                ) { record in
                    record.sequence < start ? true : try body(record)
                }
            }
            guard goOn else { return }
            expected = (sequence, chain)
        }
    }

    private static func walk(
        _ bytes: UnsafeRawBufferPointer, segment: String, sequence: inout UInt64, chain: inout Digest, isLast: Bool,
        _ body: (StoredRecord) throws -> Bool
    ) throws -> Bool {
        let parser = RecordParser(bytes: bytes)
        var offset = SegmentFile.headerSize
        while true {
            switch parser.step(at: offset) {
            case .end:
                return true
            case .damaged(let reason):
                // The writer may be half way through its last group; only what cannot be that is damage.
                if isLast, !parser.holdsLaterGroup(than: sequence, behind: offset) { return true }
                throw Damage(sequence: sequence, segment: segment, offset: offset, reason: reason)
            case .record(let record, let end):
                guard record.sequence == sequence else {
                    throw Damage(
                        sequence: sequence, segment: segment, offset: offset,
                        reason: "record \(record.sequence) stands in its place")
                }
                guard record.chainHash == record.recordHash.following(chain) else {
                    throw Damage(
                        sequence: sequence, segment: segment, offset: offset,
                        reason: "the chain is broken: this record or the one before it was replaced")
                }
                guard try body(record) else { return false }
                chain = record.chainHash
                sequence += 1
                offset = end
            }
        }
    }
}
