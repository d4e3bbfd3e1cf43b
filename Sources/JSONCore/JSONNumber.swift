/// A number as it was written: its text is kept, so nothing is rounded unless somebody asks for a `Double`.
public struct JSONNumber: Sendable {
    /// A number in JSON's grammar.
    public let text: String

    /// - Parameter validated: text that the reader found to be in JSON's grammar.
    init(validated: String) {
        text = validated
    }

    /// - Parameter finite: infinite and undefined values have no text in JSON; they become 0.
    public init(finite value: Double) {
        // The description of a finite double is a number of JSON, too.
        text = value.isFinite ? "\(value)" : "0"
    }

    public init(_ value: some BinaryInteger) {
        text = String(value)
    }

    /// The value, when it is whole and fits. `1.0` and `1e3` are whole.
    public var integer: Int64? {
        if let value = Int64(text) { return value }
        guard isFractional else { return nil }
        return Int64(exactly: double)
    }

    /// The nearest double; infinite when the number is beyond a double's range.
    public var double: Double {
        Double(text) ?? .nan
    }

    /// Whether the value is mathematically whole, whatever its size.
    public var isInteger: Bool {
        guard isFractional else { return true }
        let value = double
        return value.isFinite && value.rounded(.towardZero) == value
    }

    private var isFractional: Bool {
        text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    }
}

extension JSONNumber: Hashable {
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if left.text == right.text { return true }
        if let a = left.integer, let b = right.integer { return a == b }
        // Two different whole numbers beyond Int64 may round to the same double; they are not the same.
        guard left.isFractional || right.isFractional else { return left.double == 0 && right.double == 0 }
        let (a, b) = (left.double, right.double)
        return a.isFinite && a == b
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(double)
    }
}

extension JSONNumber: Comparable {
    public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        if let a = left.integer, let b = right.integer { return a < b }
        return left.double < right.double
    }
}
