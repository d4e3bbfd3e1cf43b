import Contracts

/// A header or body from another process never crashes this one, and a header that is understood keeps its bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    if let header = try? bytes.withUnsafeBytes({ try BusHeader(bytes: $0) }), header.bytes != bytes {
        // The finding: libFuzzer keeps the input that led here.
        fatalError("a header came back with other bytes")
    }
    _ = try? WireCommand(wireBytes: bytes)
    _ = try? WireQuery(wireBytes: bytes)
    _ = try? WireRecordBatch(wireBytes: bytes)
    _ = try? WireAuditRecord(wireBytes: bytes)
    return 0
}
