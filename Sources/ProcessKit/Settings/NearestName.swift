/// Finds what a mistyped name was meant to be.
enum NearestName {
    /// The candidate with the fewest single-letter edits; nil when every one is too far away to be meant.
    /// - Parameter prefix: what all names begin with; it says nothing about what was meant.
    static func of(_ name: String, among candidates: [String], prefix: String) -> String? {
        let own = name.dropFirst(prefix.count)
        let best = candidates.filter { $0.hasPrefix(prefix) }
            .map { (name: $0, distance: distance(own, $0.dropFirst(prefix.count))) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, own.count / 3) else { return nil }
        return best.name
    }

    /// Levenshtein's distance: insertions, deletions and replacements.
    static func distance(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j + 1] + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
