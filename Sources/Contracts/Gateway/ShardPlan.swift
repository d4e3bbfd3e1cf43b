/// Which shards a process serves, as the operator writes it: `auto`, `4` or `0-3/16`.
public enum ShardPlan: Hashable, Sendable {
    /// As many as Discord recommends, all of them here.
    case auto
    /// So many, all of them here.
    case all(Int)
    /// Some of so many; other processes serve the rest.
    case range(ClosedRange<Int>, of: Int)

    /// Far above what Discord gives its largest bots.
    public static let maximumCount = 16_384

    /// Nil when it is none of the three.
    public init?(_ text: String) {
        if text.lowercased() == "auto" {
            self = .auto
        } else if let count = Int(text), (1...Self.maximumCount).contains(count) {
            self = .all(count)
        } else {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let bounds = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let count = Int(parts[1]), (1...Self.maximumCount).contains(count),
                let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2,
                first >= 0, first <= last, last < count
            else { return nil }
            self = .range(first...last, of: count)
        }
    }
}
