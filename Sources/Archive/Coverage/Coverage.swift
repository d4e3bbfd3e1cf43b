internal import Contracts

/// Which message ids of one channel are known without a gap: sorted ranges that neither touch nor overlap.
///
/// A range that ends at `present` is open: the session is live and every new message extends it by arriving.
struct Coverage: Hashable, Sendable {
    /// The upper end of an open range: above every id that SQLite's signed integers hold.
    static let present = UInt64(Int64.max)

    private(set) var ranges: [ClosedRange<UInt64>]

    init(_ ranges: [ClosedRange<UInt64>] = []) {
        self.ranges = []
        for range in ranges { insert(range) }
    }

    /// Adds a range; ranges that overlap it or touch it become one with it.
    mutating func insert(_ range: ClosedRange<UInt64>) {
        var low = range.lowerBound
        var high = range.upperBound
        let first = ranges.firstIndex { $0.upperBound + 1 >= low } ?? ranges.endIndex
        var end = first
        while end < ranges.endIndex, ranges[end].lowerBound <= high + 1 {
            low = min(low, ranges[end].lowerBound)
            high = max(high, ranges[end].upperBound)
            end += 1
        }
        ranges.replaceSubrange(first..<end, with: [low...high])
    }

    /// Where the open range begins; nil: none is open.
    var openFrom: UInt64? {
        ranges.last.flatMap { $0.upperBound == Self.present ? $0.lowerBound : nil }
    }

    /// Ends the open range at the newest message that is known; with none in it the range is gone.
    mutating func close(newest: UInt64?) {
        guard let openFrom else { return }
        ranges.removeLast()
        if let newest, newest >= openFrom { insert(openFrom...newest) }
    }

    func range(holding id: UInt64) -> ClosedRange<UInt64>? {
        ranges.first { $0.contains(id) }
    }
}
