/// Where a schema is: the resource it belongs to, and the way from that resource's root.
struct SchemaAddress: Hashable {
    /// The URI without its fragment; empty for a schema that has no `$id`.
    var resource: String
    /// A JSON pointer (RFC 6901), or an anchor's name.
    var fragment: String

    /// Resolves a reference (RFC 3986 5.2, without `.` and `..` in paths, which nobody uses here).
    init(_ reference: String, base: String) {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let target = String(parts.first ?? "")
        fragment = parts.count > 1 ? Self.percentDecoded(parts[1]) : ""
        if target.isEmpty {
            resource = base
        } else if Self.hasScheme(target) {
            resource = target
        } else if target.hasPrefix("/") {
            resource = Self.origin(of: base) + target
        } else {
            resource = base.lastIndex(of: "/").map { String(base[...$0]) + target } ?? target
        }
    }

    init(resource: String, pointer: String) {
        self.resource = resource
        fragment = pointer
    }

    /// The steps of a JSON pointer; nil when the fragment is an anchor.
    var steps: [String]? {
        guard !fragment.isEmpty else { return [] }
        guard fragment.hasPrefix("/") else { return nil }
        return fragment.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0.replacing("~1", with: "/").replacing("~0", with: "~"))
        }
    }

    static func escaped(_ step: String) -> String {
        step.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return false }
        return text[..<colon].allSatisfy { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" || $0 == "." }
    }

    private static func origin(of base: String) -> String {
        guard let scheme = base.firstRange(of: "://") else { return "" }
        let rest = base[scheme.upperBound...]
        return String(rest.firstIndex(of: "/").map { base[..<$0] } ?? base[...])
    }

    private static func percentDecoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
