internal import Contracts
internal import GRDB

extension Archive {
    /// Searches the archive, newest first. Deleted messages are never found.
    public func search(_ search: MessageSearch) async throws(ArchiveError) -> MessageSearchResult {
        try await read { database in
            let condition = SearchCondition(search)
            let messages = try database.rows(
                "SELECT m.* FROM messages m WHERE \(condition.sql) ORDER BY m.id DESC LIMIT ?",
                condition.arguments + [search.limit]
            ).map(MessageRecord.init(row:))
            // The first page already counts them all when it is not full.
            let maximum = MessageSearchResult.maximumTotal
            let total =
                messages.count < search.limit
                ? messages.count
                : try database.first(
                    Int.self,
                    "SELECT count(*) FROM (SELECT 1 FROM messages m WHERE \(condition.sql) LIMIT ?)",
                    condition.arguments + [maximum + 1]) ?? 0
            return MessageSearchResult(
                messages: messages, total: min(total, maximum), totalIsMinimum: total > maximum,
                oldestSeen: try oldest(in: search.channels, database),
                incompleteChannels: try incomplete(search.channels, database))
        }
    }
}

/// The oldest of each channel by its index, then the oldest of these.
private func oldest(in channels: [Snowflake], _ database: Database) throws -> Snowflake? {
    try database.first(
        Int64.self,
        """
        SELECT min((SELECT min(id) FROM messages WHERE channel_id = value AND deleted_at IS NULL))
        FROM json_each(?)
        """, [channels.storedList]
    ).map(Snowflake.init(stored:))
}

private func incomplete(_ channels: [Snowflake], _ database: Database) throws -> [Snowflake] {
    let complete = try database.rows(
        """
        SELECT channel_id FROM coverage WHERE channel_id IN (SELECT value FROM json_each(?))
        AND epoch IN (SELECT epoch FROM sessions) AND low <= channel_id AND high = ?
        """, [channels.storedList, Int64(Coverage.present)]
    ).map { $0.snowflake("channel_id") }
    let known = Set(complete)
    return channels.filter { !known.contains($0) }
}

/// The WHERE of a search: fixed pieces of SQL, every value bound.
private struct SearchCondition {
    var sql: String
    var arguments: StatementArguments

    init(_ search: MessageSearch) {
        sql = "m.deleted_at IS NULL"
        arguments = []
        for term in search.query.terms { add(term) }
        if search.channels.count == 1 {
            add("m.channel_id = ?", [search.channels[0].stored])
        } else {
            // `+` keeps the index out: read in the order of ids, the newest matches end the search early.
            add("+m.channel_id IN (SELECT value FROM json_each(?))", [search.channels.storedList])
        }
        if let author = search.author { add("m.author_id = ?", [author.stored]) }
        if let has = search.hasAttachments { add("m.has_attachments = ?", [has]) }
        if let has = search.hasEmbeds { add("m.has_embeds = ?", [has]) }
        if search.pinnedOnly { add("m.pinned = 1", []) }
        if let before = search.before { add("m.id < ?", [Int64(clamping: before.rawValue)]) }
        if let after = search.after { add("m.id > ?", [Int64(clamping: after.rawValue)]) }
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        sql += " AND " + condition
        arguments += values
    }

    private mutating func add(_ term: SearchTerm) {
        let words = "SELECT rowid FROM message_words WHERE message_words MATCH ?"
        let trigrams = "SELECT rowid FROM message_trigrams WHERE message_trigrams MATCH ?"
        switch (term.wordsQuery, term.trigramsQuery, term.likePattern) {
        case (let inWords?, let inTrigrams?, _): add("m.id IN (\(words) UNION \(trigrams))", [inWords, inTrigrams])
        case (let inWords?, nil, _): add("m.id IN (\(words))", [inWords])
        case (nil, let inTrigrams?, _): add("m.id IN (\(trigrams))", [inTrigrams])
        case (nil, nil, let pattern): add("m.content LIKE ? ESCAPE '\\'", [pattern])
        }
        if term.isPhrase { add("holds_phrase(m.content, ?)", [term.text]) }
    }
}
