import JSONCore

/// Whatever the reader takes, the writer must give back as the same value.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let value = try? JSONReader.read(bytes) else { return 0 }
    guard let again = try? JSONReader.read(value.encoded()), again == value else {
        // The finding: libFuzzer keeps the input that led here.
        fatalError("reading back what was written gave another value")
    }
    return 0
}
