import Contracts

extension World {
    struct Search: Equatable, Sendable {
        var words: [String] = []
        /// How many other words may stand between those of `words`.
        var slop = 2
        var channels: Set<Snowflake> = []
        var authors: Set<Snowflake> = []
        var authorTypes: [Filter] = []
        var mentions: Set<Snowflake> = []
        var mentionedRoles: Set<Snowflake> = []
        var mentionsEveryone: Bool?
        var repliedUsers: Set<Snowflake> = []
        var repliedMessages: Set<Snowflake> = []
        var after: Snowflake?
        var before: Snowflake?
        var pinned: Bool?
        var has: [Filter] = []
        var embedTypes: [String] = []
        var embedProviders: [String] = []
        var linkHosts: [String] = []
        var filenames: [String] = []
        var extensions: [String] = []
        var includesNSFW = false
        var isByRelevance = false
        var oldestFirst = false
        var offset = 0
        var limit = 25

        /// `-` in front turns a filter around.
        struct Filter: Equatable, Sendable {
            let name: String
            let isNegated: Bool
        }

        /// Nothing that an outline could not answer.
        var isAboutWordsOnly: Bool {
            authorTypes.isEmpty && mentions.isEmpty && mentionedRoles.isEmpty && mentionsEveryone == nil
                && repliedUsers.isEmpty && repliedMessages.isEmpty && pinned == nil && has.isEmpty
        }
    }

    /// What that user may read, and how many there are in all.
    func search(_ query: Search, in guild: Guild, by userID: Snowflake) -> (page: [Message], total: Int) {
        let readable = guild.channels.compactMap { channels[$0] }.filter { channel in
            (query.channels.isEmpty || query.channels.contains(channel.id))
                && (query.includesNSFW || !channel.isNSFW)
                && permissions(of: userID, in: channel).isSuperset(of: [.viewChannel, .readMessageHistory])
        }
        var found: [Message] = []
        for channel in readable {
            guard let history = histories[channel.id] else { continue }
            var phrases: [Int: Bool] = [:]
            let candidates = history.candidates { outline in
                if let after = query.after, outline.id <= after { return false }
                if let before = query.before, outline.id >= before { return false }
                if !query.authors.isEmpty, !query.authors.contains(outline.authorID) { return false }
                guard !query.words.isEmpty else { return true }
                // The same sentence comes often; its number is the only word that differs.
                let key = outline.language.rawValue << 16 | outline.phrase
                let fits = phrases[key] ?? Self.mayMatch(query.words, Phrases.large(outline.language)[outline.phrase])
                phrases[key] = fits
                return fits
            }
            found += candidates.filter { matches($0, query) }
        }
        if query.isByRelevance {
            let scored = found.map { (relevance(of: $0, query), $0) }
            found = scored.sorted { ($0.0, $0.1.id) > ($1.0, $1.1.id) }.map(\.1)
        } else {
            found.sort { query.oldestFirst ? $0.id < $1.id : $0.id > $1.id }
        }
        return (Array(found.dropFirst(query.offset).prefix(query.limit)), found.count)
    }

    private static func mayMatch(_ words: [String], _ phrase: String) -> Bool {
        let text = phrase.lowercased()
        let hasNumber = text.contains("#")
        return words.allSatisfy { text.contains($0) || hasNumber && $0.contains { $0.isNumber } }
    }

    private func relevance(of message: Message, _ query: Search) -> Double {
        let text = message.content.lowercased()
        let hits = query.words.reduce(0) { $0 + text.ranges(of: $1).count }
        return Double(hits) / Double(max(1, text.count))
    }

    private func matches(_ message: Message, _ query: Search) -> Bool {
        if let after = query.after, message.id <= after { return false }
        if let before = query.before, message.id >= before { return false }
        if let pinned = query.pinned, pinned != (message.pinnedAt != nil) { return false }
        if !query.authors.isEmpty, !query.authors.contains(message.author.id) { return false }
        if !query.mentions.isEmpty, query.mentions.isDisjoint(with: message.mentions.users) { return false }
        if !query.mentionedRoles.isEmpty, query.mentionedRoles.isDisjoint(with: message.mentions.roles) {
            return false
        }
        if let everyone = query.mentionsEveryone, everyone != message.mentions.everyone { return false }
        if !repliesMatch(message, query) { return false }
        if !query.authorTypes.isEmpty, !Self.passes(query.authorTypes, where: { isAuthor(message, $0) }) {
            return false
        }
        if !query.has.isEmpty, !Self.passes(query.has, where: { SearchContent.has($0, message) }) { return false }
        guard SearchContent.passes(message, query) else { return false }
        return SearchContent.speaks(of: query.words, slop: query.slop, message.content)
    }

    private func repliesMatch(_ message: Message, _ query: Search) -> Bool {
        guard !query.repliedUsers.isEmpty || !query.repliedMessages.isEmpty else { return true }
        guard message.kind == .reply, let reference = message.reference, let id = reference.messageID else {
            return false
        }
        if !query.repliedMessages.isEmpty, !query.repliedMessages.contains(id) { return false }
        guard !query.repliedUsers.isEmpty else { return true }
        return histories[reference.channelID]?[id].map { query.repliedUsers.contains($0.author.id) } ?? false
    }

    private func isAuthor(_ message: Message, _ type: String) -> Bool {
        switch type {
        case "webhook": message.author.isWebhook
        case "bot": !message.author.isWebhook && users[message.author.id]?.isBot == true
        default: !message.author.isWebhook && users[message.author.id]?.isBot != true
        }
    }

    /// Any of the plain ones, and none of the negated ones.
    static func passes(_ filters: [Search.Filter], where holds: (String) -> Bool) -> Bool {
        let wanted = filters.filter { !$0.isNegated }
        return filters.allSatisfy { !$0.isNegated || !holds($0.name) }
            && (wanted.isEmpty || wanted.contains { holds($0.name) })
    }
}
