import Glibc

/// Reads records one after the other from a segment's bytes.
struct RecordParser {
    enum Step: Equatable {
        case record(StoredRecord, end: Int)
        /// Zeroes from here: nothing was written.
        case end
        case damaged(String)
    }

    let bytes: UnsafeRawBufferPointer

    /// What stands at that offset. The chain is checked by the caller, who knows the record before.
    func step(at offset: Int) -> Step {
        guard offset + 4 <= bytes.count else { return .end }
        let length = Int(load(UInt32.self, at: offset))
        if length == 0 {
            return isZero(from: offset) ? .end : .damaged("a length of zero with data behind it")
        }
        let end = offset + 4 + length
        guard length >= 2 * Digest.size + StoredRecord.fixedPayloadSize, length <= StoredRecord.maximumSize,
            end <= bytes.count
        else { return .damaged("an impossible length of \(length) bytes") }
        let hash = digest(at: offset + 4)
        let start = offset + StoredRecord.prefixSize
        let payload = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard Digest.sha256(payload) == hash else { return .damaged("the content does not match its hash") }
        let nameSize = Int(load(UInt16.self, at: start + 40))
        let bodyStart = start + StoredRecord.fixedPayloadSize + nameSize
        guard bodyStart <= end else { return .damaged("a producer's name longer than the record") }
        let producer = ProducerPosition(
            name: String(decoding: bytes[(start + StoredRecord.fixedPayloadSize)..<bodyStart], as: UTF8.self),
            epoch: load(UInt64.self, at: start + 24),
            sequence: load(UInt64.self, at: start + 32)
        )
        return .record(
            StoredRecord(
                sequence: load(UInt64.self, at: start),
                group: load(UInt64.self, at: start + 8),
                time: Int64(bitPattern: load(UInt64.self, at: start + 16)),
                producer: producer,
                body: Array(bytes[bodyStart..<end]),
                recordHash: hash,
                chainHash: digest(at: offset + 4 + Digest.size)
            ),
            end: end
        )
    }

    /// Whether a whole record stands anywhere behind that offset which was written after `sequence`'s group was durable.
    ///
    /// A group is written only when the one before it is on disk. So a whole record of a later group proves that the
    /// damaged one had been durable: that is rot or tampering. Whole records of the same group prove nothing: a crash
    /// may have kept any of its sectors.
    func holdsLaterGroup(than sequence: UInt64, behind offset: Int) -> Bool {
        var offset = offset + 1
        while offset + StoredRecord.prefixSize + StoredRecord.fixedPayloadSize <= bytes.count {
            let length = Int(load(UInt32.self, at: offset))
            if length >= 2 * Digest.size + StoredRecord.fixedPayloadSize, length <= StoredRecord.maximumSize,
                offset + 4 + length <= bytes.count,
                load(UInt64.self, at: offset + StoredRecord.prefixSize + 8) > sequence,
                case .record(let record, _) = step(at: offset), record.group > sequence
            {
                return true
            }
            offset += 1
        }
        return false
    }

    func isZero(from offset: Int) -> Bool {
        guard offset < bytes.count, let start = bytes.baseAddress?.advanced(by: offset) else { return true }
        // All bytes equal their neighbours: a loop over a whole segment would take seconds in a debug build.
        return bytes[offset] == 0 && memcmp(start, start + 1, bytes.count - offset - 1) == 0
    }

    private func load<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
        Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }

    private func digest(at offset: Int) -> Digest {
        Digest(bytes: bytes[offset..<(offset + Digest.size)])
    }
}
