/// Why a text is not acceptable JSON, and where.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    public enum Reason: String, Sendable {
        case unexpectedByte = "unexpected character"
        case unexpectedEnd = "unexpected end"
        case badNumber = "malformed number"
        case badEscape = "malformed escape"
        case controlCharacter = "control character in a string"
        case notUTF8 = "invalid UTF-8"
        case loneSurrogate = "half of a surrogate pair"
        case duplicateName = "member name used twice"
        case tooDeep = "nested too deeply"
        case tooManyValues = "too many values"
        case otherKind = "a value of another kind"
        case missingMember = "a member is missing"
    }

    public let reason: Reason
    /// Bytes from the start of the text.
    public let offset: Int

    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String {
        "\(reason.rawValue) at byte \(offset)"
    }
}
