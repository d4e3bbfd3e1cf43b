internal import Contracts

extension Coverage {
    /// The part of a page that is known without a gap.
    struct Span: Hashable, Sendable {
        /// The ids to read; nil: the page cannot hold any message.
        var ids: ClosedRange<UInt64>?
        /// Whether fewer messages than the limit still make the whole page.
        var reachesEnd: Bool
    }

    /// Nil when the very first id that the page needs is unknown.
    ///
    /// - Parameter start: the lowest id that a message of the channel can have, which is the channel's own.
    func span(of page: MessagePage, start: UInt64) -> Span? {
        let bottom = max(page.lowestID, start)
        let top = page.highestID
        guard bottom <= top else { return Span(ids: nil, reachesEnd: true) }
        guard let range = range(holding: page.isAscending ? bottom : top) else { return nil }
        if page.isAscending {
            return Span(ids: bottom...range.upperBound, reachesEnd: range.upperBound == Self.present)
        }
        return Span(ids: max(range.lowerBound, bottom)...top, reachesEnd: range.lowerBound <= bottom)
    }

    /// What a page that Discord answered makes known; nil: nothing.
    ///
    /// - Parameters:
    ///   - ids: the ids of the page's messages, in any order.
    ///   - page: what Discord was asked.
    ///   - openFrom: where live coverage began when Discord was asked: an answer up to the present reaches it.
    static func learned(ids: [UInt64], page: MessagePage, openFrom: UInt64?) -> ClosedRange<UInt64>? {
        let isWhole = ids.count < page.limit
        let reachesPresent = page.before == nil && (isWhole || !page.isAscending)
        let low = isWhole || page.isAscending ? page.lowestID : ids.min()
        let justBeforeLive = openFrom.flatMap { $0 > 0 ? $0 - 1 : nil }
        let high =
            if reachesPresent {
                [ids.max(), justBeforeLive].compactMap(\.self).max()
            } else {
                page.isAscending ? ids.max() : page.highestID
            }
        guard let low, let high, low <= high else { return nil }
        return low...high
    }
}
