/// A string or member name as it stands in the text that a ``JSONCursor`` reads: without its quotes, escapes undone
/// only on demand. Valid as long as the text is.
public struct JSONText {
    public let bytes: UnsafeBufferPointer<UInt8>
    public let isEscaped: Bool
    @usableFromInline let start: Int

    @inlinable
    init(bytes: UnsafeBufferPointer<UInt8>, isEscaped: Bool, start: Int) {
        self.bytes = bytes
        self.isEscaped = isEscaped
        self.start = start
    }

    /// Where it stands in the text.
    @inlinable public var range: Range<Int> { start..<start + bytes.count }

    /// - Throws: for text that is not UTF-8, and for an escape that means nothing.
    public func string() throws(JSONSyntaxError) -> String {
        if isEscaped { return try JSONUnescaping.string(bytes, start: start) }
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw JSONSyntaxError(reason: .notUTF8, offset: start)
        }
        return string
    }

    @inlinable
    public static func == (text: JSONText, name: StaticString) -> Bool {
        if text.isEscaped { return text.isWritten(name) }
        let count = name.utf8CodeUnitCount
        guard text.bytes.count == count else { return false }
        for index in 0..<count where text.bytes[index] != name.utf8Start[index] { return false }
        return true
    }

    @usableFromInline
    func isWritten(_ name: StaticString) -> Bool {
        (try? string()) == name.description
    }

    @inlinable
    public static func ~= (name: StaticString, text: JSONText) -> Bool {
        text == name
    }
}
