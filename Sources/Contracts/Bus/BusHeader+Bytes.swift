extension BusHeader {
    /// Why 64 bytes are not a header that this process understands.
    public enum DecodingFailure: Error, Hashable, Sendable {
        case wrongSize(Int)
        case wrongMagic
        case unknownVersion(UInt16)
        case unknownKind(UInt8)
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.size)
        bytes += Self.magic
        bytes.append(littleEndian: version)
        bytes.append(kind.rawValue)
        bytes.append(flags.rawValue)
        bytes.append(bigEndian: id.high)
        bytes.append(bigEndian: id.low)
        bytes.append(littleEndian: UInt64(bitPattern: deadline))
        bytes.append(bigEndian: trace.traceHigh)
        bytes.append(bigEndian: trace.traceLow)
        bytes.append(bigEndian: trace.span)
        bytes.append(littleEndian: credit)
        return bytes
    }

    public init(bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        guard bytes.count == Self.size else { throw .wrongSize(bytes.count) }
        guard bytes.prefix(4).elementsEqual(Self.magic) else { throw .wrongMagic }
        let version = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self))
        guard version == Self.currentVersion else { throw .unknownVersion(version) }
        guard let kind = Kind(rawValue: bytes[6]) else { throw .unknownKind(bytes[6]) }
        func big(_ offset: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        func little(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        self.init(
            kind: kind,
            id: MessageID(high: big(8), low: big(16)),
            deadline: Int64(bitPattern: little(24)),
            trace: TraceContext(traceHigh: big(32), traceLow: big(40), span: big(48)),
            flags: Flags(rawValue: bytes[7]),
            credit: little(56),
            version: version
        )
    }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
