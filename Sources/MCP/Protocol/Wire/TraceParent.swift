/// A W3C `traceparent` (https://www.w3.org/TR/trace-context/#traceparent-header), version 00.
public struct TraceParent: Hashable, Sendable {
    public let traceHigh: UInt64
    public let traceLow: UInt64
    public let span: UInt64
    public let sampled: Bool
    /// Vendors' own text, passed on as it came.
    public let state: String?

    /// Nil when the text is not in the format, or an id is zero.
    public init?(_ text: String, state: String? = nil) {
        let bytes = Array(text.utf8)
        guard bytes.count == 55, bytes.starts(with: "00-".utf8), bytes[35] == UInt8(ascii: "-"),
            bytes[52] == UInt8(ascii: "-"),
            let high = Self.hexadecimal(bytes[3..<19]), let low = Self.hexadecimal(bytes[19..<35]),
            let span = Self.hexadecimal(bytes[36..<52]), let flags = Self.hexadecimal(bytes[53..<55]),
            high != 0 || low != 0, span != 0
        else { return nil }
        traceHigh = high
        traceLow = low
        self.span = span
        sampled = flags & 1 == 1
        self.state = state
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }
}
