import Archive
import Contracts
import Discord
import Ingestion

extension QueryService {
    /// From the archive when it holds the whole page, else from Discord; then the archive learns it.
    func messages(_ get: WireGetMessages, _ call: Call) async throws -> Answer {
        let access = try await access(Snowflake(get.channelID), call)
        try access.requireReading()
        let page = MessagePage(
            before: get.hasBefore ? get.before.exclusiveUpperBound : nil,
            after: get.hasAfter ? get.after.exclusiveLowerBound : nil,
            limit: min(max(Int(get.limit), 1), 100))
        let isCurrent = shards.serving(access.channel.guildID)?.isCurrent ?? false
        let archived = try await archive.messages(in: access.channel.id, page: page)
        if isCurrent, archived.isComplete {
            return try Self.answer(archived, access, page, source: .archive)
        }
        do {
            return try Self.answer(
                try await fetch(page, of: access.channel, call), access, page, source: .discord)
        } catch let error as DiscordError where archived.isComplete && error.isOutage {
            // The archive holds the page as it was when the connection ended: better than nothing, if it is said.
            return try Self.answer(
                archived, access, page, source: .archive,
                note: "Discord cannot be reached: changes since the connection was lost are missing.")
        }
    }

    private func fetch(_ page: MessagePage, of channel: ChannelRecord, _ call: Call) async throws -> ArchivedPage {
        let request = page.asDiscordTakesIt(now: now())
        let shard = shards.serving(channel.guildID)?.position ?? ShardPosition()
        let ticket = try await archive.beginLearning(channel: channel.id, shard: shard.storageKey)
        let anchor: DiscordREST.Anchor =
            if let before = request.before { .before(before) } else if let after = request.after { .after(after) } else
            {
                .newest
            }
        let messages = try await discord.messages(
            in: channel.id, anchor, limit: request.limit, deadline: call.deadline)
        let records = messages.compactMap { message in
            // Encoding what was just decoded does not fail.
            let json = (try? DiscordJSON.encode(message)) ?? []
            return MessageRecord(message, guildID: channel.guildID, json: json)
        }.sorted { $0.id > $1.id }
        try await archive.learn(records, page: request, ticket: ticket, now: now())
        let shown = records.filter { $0.id > page.after ?? Snowflake(0) }
        let reachedLowerBound = shown.count < records.count
        return ArchivedPage(
            messages: shown, isComplete: true, hasMore: records.count == request.limit && !reachedLowerBound)
    }

    private enum Source: String {
        case archive
        case discord
    }

    private static func answer(
        _ found: ArchivedPage,
        _ access: ChannelAccess,
        _ page: MessagePage,
        source: Source,
        note: String? = nil
    ) throws -> Answer {
        let listing = MessageListing(messages: found.messages)
        let (lines, shown) = listing.render()
        var text =
            "\(found.messages.count) messages of channel \(access.channel.id), newest first (\(source.rawValue))."
        if let note { text += "\n" + note }
        text += "\n" + lines
        if let continuation = listing.continuation(shown: shown) {
            text += "\n" + continuation
        } else if found.hasMore, let oldest = found.messages.last, let newest = found.messages.first {
            let isAscending = page.after != nil && page.before == nil
            text +=
                isAscending
                ? "\nThere are newer messages: call again with after=\(newest.id)."
                : "\nThere are older messages: call again with before=\(oldest.id)."
        }
        let answer = MessagesAnswer(
            channelID: access.channel.id, messages: found.messages.map(MessageAnswer.init),
            count: found.messages.count, source: source.rawValue, hasMore: found.hasMore,
            oldestID: found.messages.last?.id, newestID: found.messages.first?.id, note: note)
        return Answer(text: text, source: source.rawValue, json: try DiscordJSON.encode(answer))
    }
}

extension MessagePage {
    /// Discord takes one bound: with two the lower one is ours to apply. And a `before` that lies in the future (or
    /// within a minute, for clocks that differ) means the newest messages, which matters for what the answer covers.
    fileprivate func asDiscordTakesIt(now: Int64) -> MessagePage {
        guard let before else { return self }
        let isPast = before.unixMilliseconds < now - 60_000
        return MessagePage(before: isPast ? before : nil, limit: limit)
    }
}

extension DiscordError {
    /// Discord, or the way to it, does not work now; asking differently would not help.
    fileprivate var isOutage: Bool {
        switch kind {
        case .unavailable, .rateLimited, .tooManyRefused, .expired, .unreadable, .tokenRejected: true
        case .refused, .cancelled: false
        }
    }
}

extension WireMessageBound {
    /// Ids below it; of a time the first id that Discord could have made then.
    var exclusiveUpperBound: Snowflake? {
        switch bound {
        case .messageID(let id): Snowflake(id)
        case .unixMilliseconds(let time): Snowflake(unixMilliseconds: time)
        case nil: nil
        }
    }

    /// Ids above it; of a time the last id that Discord could have made in that millisecond.
    var exclusiveLowerBound: Snowflake? {
        switch bound {
        case .messageID(let id): Snowflake(id)
        case .unixMilliseconds(let time):
            Snowflake(max(1, Snowflake(unixMilliseconds: time + 1).rawValue) - 1)
        case nil: nil
        }
    }
}
