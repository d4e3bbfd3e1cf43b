import Glibc
import SystemPackage

/// Finds the end of the log and clears a torn last group, which nobody was told of.
struct JournalOpening {
    private struct Life: Hashable {
        let name: String
        let epoch: UInt64
    }

    let descriptor: FileDescriptor
    let offset: Int
    let chain: Digest
    let lastSequence: UInt64
    let clearedBytes: Int
    let lastRecords: [Journal.LastRecord]

    /// - Parameter covered: the last record that a checkpoint covers. A log that ends before it is left as it is.
    init(directory: FilePath, segmentSize: Int, covered: UInt64) throws {
        let folder = directory.appending("segments")
        let segments = try SegmentFile.list(in: folder)
        guard let last = segments.last else {
            try Self.check(end: 0, covered: covered)
            let (_, descriptor) = try SegmentFile.create(
                in: folder, firstSequence: 1, previousChain: .zero, size: segmentSize)
            self.init(
                descriptor: descriptor, offset: SegmentFile.headerSize, chain: .zero, lastSequence: 0, clearedBytes: 0,
                lastRecords: [])
            return
        }
        var lives: [Life: Journal.LastRecord] = [:]
        var chain = last.previousChain
        var sequence = last.firstSequence - 1
        let reader = AuditLogReader(directory: directory)
        try reader.forEachRecord(from: segments.suffix(2)[segments.suffix(2).startIndex].firstSequence) { record in
            lives[Life(name: record.producer.name, epoch: record.producer.epoch)] = Journal.LastRecord(
                producer: record.producer, sequence: record.sequence)
            chain = record.chainHash
            sequence = record.sequence
            return true
        }
        // Before anything is cleared: what a checkpoint covers was acknowledged, so it is damaged and not torn.
        try Self.check(end: sequence, covered: covered)
        let bytes = try last.contents()
        var offset = SegmentFile.headerSize
        let torn = bytes.withUnsafeBytes { bytes in
            let parser = RecordParser(bytes: bytes)
            while case .record(_, let end) = parser.step(at: offset) { offset = end }
            return !parser.isZero(from: offset)
        }
        let descriptor = try FileDescriptor.open(last.path, .readWrite, options: .closeOnExec)
        var cleared = 0
        if torn {
            cleared = bytes[offset...].lastIndex { $0 != 0 }.map { $0 + 1 - offset } ?? 0
            try descriptor.writeAll(toAbsoluteOffset: Int64(offset), [UInt8](repeating: 0, count: cleared))
            guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
        self.init(
            descriptor: descriptor, offset: offset, chain: chain, lastSequence: sequence, clearedBytes: cleared,
            lastRecords: Array(lives.values))
    }

    private static func check(end: UInt64, covered: UInt64) throws {
        guard covered <= end else {
            throw AuditLogError(
                .damaged,
                "the audit log has no whole record after \(end), but a checkpoint covers \(covered): its end was cut off "
                    + "or damaged. It is left untouched; put a whole copy of the segments back, or move the audit "
                    + "directory aside to begin a new log")
        }
    }

    private init(
        descriptor: FileDescriptor, offset: Int, chain: Digest, lastSequence: UInt64, clearedBytes: Int,
        lastRecords: [Journal.LastRecord]
    ) {
        self.descriptor = descriptor
        self.offset = offset
        self.chain = chain
        self.lastSequence = lastSequence
        self.clearedBytes = clearedBytes
        self.lastRecords = lastRecords
    }
}
