import Contracts

extension World {
    struct Search: Equatable, Sendable {
        var words: [String] = []
        var channels: Set<Snowflake> = []
        var authors: Set<Snowflake> = []
        var mentions: Set<Snowflake> = []
        var after: Snowflake?
        var before: Snowflake?
        var pinned: Bool?
        var oldestFirst = false
        var offset = 0
        var limit = 25
    }

    /// What that user may read, and how many there are in all.
    func search(_ query: Search, in guild: Guild, by userID: Snowflake) -> (page: [Message], total: Int) {
        let readable = guild.channels.compactMap { channels[$0] }.filter { channel in
            (query.channels.isEmpty || query.channels.contains(channel.id))
                && permissions(of: userID, in: channel).isSuperset(of: [.viewChannel, .readMessageHistory])
        }
        let found = readable.flatMap { histories[$0.id]?.messages ?? [] }.filter { matches($0, query) }
            .sorted { query.oldestFirst ? $0.id < $1.id : $0.id > $1.id }
        return (Array(found.dropFirst(query.offset).prefix(query.limit)), found.count)
    }

    private func matches(_ message: Message, _ query: Search) -> Bool {
        if let after = query.after, message.id <= after { return false }
        if let before = query.before, message.id >= before { return false }
        if let pinned = query.pinned, pinned != (message.pinnedAt != nil) { return false }
        if !query.authors.isEmpty, !query.authors.contains(message.author.id) { return false }
        if !query.mentions.isEmpty, query.mentions.isDisjoint(with: message.mentions.users) { return false }
        let text = message.content.lowercased()
        return query.words.allSatisfy { text.contains($0) }
    }
}
