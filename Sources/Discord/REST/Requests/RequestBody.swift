/// What a call sends as JSON (or as `payload_json` beside files).
public protocol RequestBody: Encodable, Sendable {
    /// Each documented limit that it breaks, as `field: what is wrong`. A call with problems is not sent.
    var problems: [String] { get }
    /// What the bot needs for it beside the route's own permissions.
    var needs: Permissions { get }
}

extension RequestBody {
    public var needs: Permissions { [] }
    public var problems: [String] { [] }
}

/// Collects what is wrong with a body.
struct RequestLimits {
    private(set) var problems: [String] = []

    /// Discord counts Unicode scalars.
    mutating func length(_ text: String?, _ range: ClosedRange<Int>, _ field: String) {
        guard let text, !range.contains(text.unicodeScalars.count) else { return }
        problems.append("\(field): has \(text.unicodeScalars.count) characters, \(Self.text(range)) are allowed")
    }

    mutating func count(_ list: (some Collection)?, _ range: ClosedRange<Int>, _ field: String) {
        guard let list, !range.contains(list.count) else { return }
        problems.append("\(field): has \(list.count) entries, \(Self.text(range)) are allowed")
    }

    mutating func value(_ value: Int?, _ range: ClosedRange<Int>, _ field: String) {
        guard let value, !range.contains(value) else { return }
        problems.append("\(field): is \(value), \(Self.text(range)) is allowed")
    }

    mutating func require(_ condition: Bool, _ problem: String) {
        if !condition { problems.append(problem) }
    }

    mutating func include(_ other: [String], in field: String) {
        problems += other.map { "\(field).\($0)" }
    }

    private static func text(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }
}
