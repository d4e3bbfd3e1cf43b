import Glibc
public import SystemPackage

/// The one writer of the log: appends groups of records, each group durable before it is acknowledged.
public actor Journal {
    /// A record that came in.
    public struct Entry: Sendable {
        public let producer: ProducerPosition
        /// A serialized `WireAuditRecord`.
        public let body: [UInt8]

        public init(producer: ProducerPosition, body: [UInt8]) {
            self.producer = producer
            self.body = body
        }
    }

    public struct Configuration: Sendable {
        /// Bytes of a segment; pre-written with zeroes when it is made.
        public var segmentSize: Int
        /// Records after which a checkpoint is signed.
        public var checkpointInterval: UInt64

        public init(segmentSize: Int = 16 << 20, checkpointInterval: UInt64 = 1000) {
            self.segmentSize = segmentSize
            self.checkpointInterval = checkpointInterval
        }
    }

    /// How far one life of a producer is in the log.
    public struct LastRecord: Sendable, Hashable {
        public let producer: ProducerPosition
        /// The record's place in the log.
        public let sequence: UInt64

        public init(producer: ProducerPosition, sequence: UInt64) {
            self.producer = producer
            self.sequence = sequence
        }
    }

    /// What opening the log found.
    public struct Recovery: Sendable, Hashable {
        /// Sequence of the last whole record; 0 in an empty log.
        public let lastSequence: UInt64
        /// Bytes of a torn last group that were cleared: they had never been acknowledged.
        public let clearedBytes: Int
        /// The last record of each life of each producer within the last two segments: more than any producer resends.
        public let lastRecords: [LastRecord]
    }

    public nonisolated let recovery: Recovery
    private let executor = DispatchExecutor(label: "audit.journal")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let configuration: Configuration
    private let directory: FilePath
    private let lock: FileDescriptor
    private let signer: CheckpointSigner
    private let now: @Sendable () -> Int64
    private var descriptor: FileDescriptor
    private var offset: Int
    private var chain: Digest
    private var sequence: UInt64
    private var checkpointed: UInt64
    private var failure: AuditLogError?

    /// Opens the log, or begins one, and repairs a torn tail.
    ///
    /// - Parameters:
    ///   - directory: the `audit` directory; `segments/` and `checkpoints/` are made in it.
    ///   - now: unix microseconds.
    /// - Throws: `AuditLogError`: `.locked`, `.damaged`, `.newerFormat` (nothing is touched), `.io`.
    public init(
        directory: FilePath,
        signer: CheckpointSigner,
        configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Int64
    ) throws {
        do {
            for name in ["", "segments", "checkpoints"] {
                let path = name.isEmpty ? directory : directory.appending(name)
                if mkdir(path.string, 0o700) != 0, errno != EEXIST { throw Errno(rawValue: errno) }
            }
            lock = try Self.lock(directory)
            checkpointed = try CheckpointFile.last(in: directory)?.sequence ?? 0
            let opened = try JournalOpening(
                directory: directory, segmentSize: configuration.segmentSize, covered: checkpointed)
            descriptor = opened.descriptor
            offset = opened.offset
            chain = opened.chain
            sequence = opened.lastSequence
            recovery = Recovery(
                lastSequence: opened.lastSequence, clearedBytes: opened.clearedBytes, lastRecords: opened.lastRecords)
        } catch let error as Errno {
            throw AuditLogError(.io, "the audit log in \(directory) cannot be opened: \(error.description)")
        } catch let error as AuditLogReader.Damage {
            throw AuditLogError(
                .damaged,
                "the audit log is damaged at \(error.description). It is left untouched; look with "
                    + "`discord-mcp audit verify`, move the audit directory aside to begin a new log")
        }
        self.directory = directory
        self.configuration = configuration
        self.signer = signer
        self.now = now
    }

    /// Appends the entries in order and makes them durable with one write and one fdatasync.
    ///
    /// - Returns: the sequence of each entry.
    /// - Throws: `AuditLogError`; then none of the entries may be acknowledged.
    public func append(_ entries: [Entry]) throws -> [UInt64] {
        if let failure { throw failure }
        guard !entries.isEmpty else { return [] }
        let group = sequence + 1
        var buffer: [UInt8] = []
        var chain = chain
        var sequences: [UInt64] = []
        for entry in entries {
            let next = sequence + UInt64(sequences.count) + 1
            let encoded = StoredRecord.encode(
                sequence: next, group: group, time: now(), producer: entry.producer, body: entry.body, previous: chain)
            chain = encoded.chain
            buffer += encoded.bytes
            sequences.append(next)
        }
        do {
            if offset + buffer.count > configuration.segmentSize, offset > SegmentFile.headerSize {
                try roll()
            }
            try descriptor.writeAll(toAbsoluteOffset: Int64(offset), buffer)
            guard fdatasync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch let error as Errno {
            // The kernel marks the pages clean after a failed sync: trying again would seem to succeed.
            let failed = AuditLogError(
                .failed,
                "the audit log cannot be written: \(error.description). Free the disk, then restart the audit writer")
            failure = failed
            throw failed
        }
        offset += buffer.count
        self.chain = chain
        sequence += UInt64(entries.count)
        return sequences
    }

    /// Whether so many records have come since the last checkpoint that one is due before its time.
    public var isCheckpointDue: Bool {
        sequence - checkpointed >= configuration.checkpointInterval
    }

    /// Signs the present end of the log, if it has grown since the last time.
    ///
    /// Apart from ``append(_:)``: the records are durable whether or not a checkpoint can be written.
    public func checkpoint() throws {
        guard sequence > checkpointed else { return }
        let checkpoint = try signer.sign(sequence: sequence, chain: chain, time: now())
        try CheckpointFile.append(checkpoint, in: directory)
        checkpointed = sequence
    }

    /// Signs a last checkpoint and closes the files.
    public func close() throws {
        if failure == nil { try checkpoint() }
        failure = AuditLogError(.failed, "the audit log is closed")
        try descriptor.close()
        try lock.close()
    }

    public var lastSequence: UInt64 { sequence }

    private func roll() throws {
        let (_, next) = try SegmentFile.create(
            in: directory.appending("segments"), firstSequence: sequence + 1, previousChain: chain,
            size: configuration.segmentSize)
        try descriptor.close()
        descriptor = next
        offset = SegmentFile.headerSize
    }

    private static func lock(_ directory: FilePath) throws -> FileDescriptor {
        let descriptor = try FileDescriptor.open(
            directory.appending("lock"), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try? descriptor.close()
            throw AuditLogError(.locked, "another audit writer has \(directory) open; stop it first")
        }
        return descriptor
    }
}
