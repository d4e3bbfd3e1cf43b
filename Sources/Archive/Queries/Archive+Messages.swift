public import Contracts
internal import GRDB

/// Messages of one page, newest first.
public struct ArchivedPage: Hashable, Sendable {
    public var messages: [MessageRecord]
    /// No message of the page is missing, as far as the live session can tell. Otherwise `messages` is what happens to
    /// be known of it.
    public var isComplete: Bool
    /// Beyond the page, in its direction, there are messages (or there may be, where that is not known).
    public var hasMore: Bool

    public init(messages: [MessageRecord], isComplete: Bool, hasMore: Bool) {
        self.messages = messages
        self.isComplete = isComplete
        self.hasMore = hasMore
    }
}

extension Archive {
    /// The page as far as it is known. Deleted messages are left out.
    public func messages(in channel: Snowflake, page: MessagePage) async throws(ArchiveError) -> ArchivedPage {
        try await read { database in
            let coverage = try CoverageTable(database: database).loadCurrent(channel: channel)
            if let span = coverage.span(of: page, start: channel.rawValue) {
                guard let ids = span.ids else { return ArchivedPage(messages: [], isComplete: true, hasMore: false) }
                let found = try Self.select(channel, page: page, ids: ids, in: database)
                if found.count >= page.limit || span.reachesEnd {
                    return ArchivedPage(
                        messages: page.listing(found), isComplete: true,
                        hasMore: found.count > page.limit || !span.reachesEnd)
                }
            }
            guard page.lowestID <= page.highestID else {
                return ArchivedPage(messages: [], isComplete: true, hasMore: false)
            }
            let known = try Self.select(channel, page: page, ids: page.lowestID...page.highestID, in: database)
            return ArchivedPage(messages: page.listing(known), isComplete: false, hasMore: true)
        }
    }

    /// One more than the limit, in the page's own direction.
    private static func select(
        _ channel: Snowflake,
        page: MessagePage,
        ids: ClosedRange<UInt64>,
        in database: Database
    ) throws -> [MessageRecord] {
        try database.rows(
            """
            SELECT * FROM messages WHERE channel_id = ? AND id BETWEEN ? AND ? AND deleted_at IS NULL
            ORDER BY id \(page.isAscending ? "ASC" : "DESC") LIMIT ?
            """, [channel.stored, Int64(clamping: ids.lowerBound), Int64(clamping: ids.upperBound), page.limit + 1]
        ).map(MessageRecord.init(row:))
    }
}

extension MessagePage {
    /// What the page shows of messages found in its own direction: newest first, not more than the limit.
    fileprivate func listing(_ found: [MessageRecord]) -> [MessageRecord] {
        let page = found.prefix(limit)
        return isAscending ? page.reversed() : Array(page)
    }
}
