import FoundationEssentials

/// Times as people, models and clients write them.
public enum TimeText {
    /// Unix milliseconds of an ISO 8601 time with or without fraction and offset (none: UTC), or of a day (its midnight in UTC).
    /// Nil for anything else.
    public static func unixMilliseconds(_ text: String) -> Int64? {
        // Foundation takes hour 25 for one of the next day.
        if let hour = Int(text.dropFirst(11).prefix(2)), hour > 23 { return nil }
        let hasOffset = text.hasSuffix("Z") || text.hasSuffix("z") || text.dropFirst(11).contains { "+-".contains($0) }
        let whole = hasOffset ? text : text.contains("T") ? text + "Z" : text + "T00:00:00Z"
        for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
            if let date = try? style.parse(whole.uppercased()) {
                return Int64((date.timeIntervalSince1970 * 1000).rounded())
            }
        }
        return nil
    }
}
