import Archive
import Contracts
import Discord
import Ingestion

extension QueryService {
    /// Searches the archive in the channels that the caller may see and the bot may read now.
    func search(_ wire: WireSearchMessages, _ call: Call) async throws -> Answer {
        let query = SearchQuery(wire.query)
        guard query.termCount <= SearchQuery.maximumTerms else {
            throw WireError(
                .invalidArgument,
                "The query has \(query.termCount) words; at most \(SearchQuery.maximumTerms) are "
                    + "looked up.", hint: "Use fewer words, or put a phrase in double quotes.")
        }
        let channels = try await searchedChannels(wire, call)
        let result = try await archive.search(
            MessageSearch(
                query: query, channels: channels.map(\.id),
                author: wire.authorID == 0 ? nil : Snowflake(wire.authorID),
                hasAttachments: wire.hasHasAttachments_p ? wire.hasAttachments_p : nil,
                hasEmbeds: wire.hasHasEmbeds_p ? wire.hasEmbeds_p : nil, pinnedOnly: wire.pinnedOnly,
                before: wire.hasBefore ? wire.before.exclusiveUpperBound : nil,
                after: wire.hasAfter ? wire.after.exclusiveLowerBound : nil,
                limit: min(max(Int(wire.limit), 1), 100)))
        return try Self.answer(result, channels)
    }

    private func searchedChannels(_ wire: WireSearchMessages, _ call: Call) async throws -> [ChannelRecord] {
        if wire.channelID != 0 {
            let access = try await access(Snowflake(wire.channelID), call)
            guard wire.guildID == 0 || wire.guildID == access.channel.guildID.rawValue else {
                throw WireError(
                    .invalidArgument, "Channel \(access.channel.id) is not in guild \(wire.guildID).",
                    hint: "Leave guild_id out.")
            }
            try access.requireReading()
            return [access.channel]
        }
        if wire.guildID != 0 {
            let id = Snowflake(wire.guildID)
            guard call.scope.allows(guild: id) else { throw AccessDenial.guild(id).wireError }
            guard let view = try await archive.guild(id) else { throw WireError.unknownGuild(id) }
            return try await readableChannels(of: view, call.scope)
        }
        var channels: [ChannelRecord] = []
        for entry in try await archive.directory() where call.scope.allows(guild: entry.guild.id) {
            guard let view = try await archive.guild(entry.guild.id) else { continue }
            channels += try await readableChannels(of: view, call.scope)
        }
        return channels
    }

    private func readableChannels(of view: GuildView, _ scope: WireScope) async throws -> [ChannelRecord] {
        let channels = try await archive.channels(guild: view.guild.id)
        let byID = Dictionary(channels.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let time = now()
        return channels.filter { channel in
            let parent = channel.parentID.flatMap { byID[$0] }
            let access = ChannelAccess(
                channel: channel, parent: parent, guild: view,
                permissions: view.botPermissions(in: channel, parent: parent, now: time) ?? [])
            return scope.allows(channel: channel.id) && (try? access.requireReading()) != nil
        }
    }

    private static func answer(_ result: MessageSearchResult, _ channels: [ChannelRecord]) throws -> Answer {
        let names = Dictionary(channels.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let listing = MessageListing(messages: result.messages, channelNames: channels.count > 1 ? names : [:])
        let (lines, shown) = listing.render()
        let coverage = coverage(of: result, channels)
        var text =
            "\(result.messages.count) of \(result.totalIsMinimum ? "more than " : "")\(result.total) matches, "
            + "newest first (archive).\n\(coverage.note)\n\(lines)"
        let hasMore = result.totalIsMinimum || result.total > result.messages.count
        if let continuation = listing.continuation(shown: shown) {
            text += "\n" + continuation
        } else if hasMore, let oldest = result.messages.last {
            text += "\nThere are older matches: call again with before=\(oldest.id)."
        }
        let answer = SearchAnswer(
            messages: result.messages.map(MessageAnswer.init), count: result.messages.count, total: result.total,
            totalIsMinimum: result.totalIsMinimum, source: "archive", hasMore: hasMore,
            oldestID: result.messages.last?.id, newestID: result.messages.first?.id, coverage: coverage)
        return Answer(text: text, source: "archive", json: try DiscordJSON.encode(answer))
    }

    private static func coverage(
        of result: MessageSearchResult,
        _ channels: [ChannelRecord]
    ) -> SearchAnswer.Coverage {
        let oldest = result.oldestSeen.map { Timestamp(unixMilliseconds: $0.unixMilliseconds).description }
        var note = "Searched \(channels.count) channels"
        note += oldest.map { ", archived since \($0.prefix(10))." } ?? ", in which nothing is archived yet."
        if !result.incompleteChannels.isEmpty {
            note +=
                " \(result.incompleteChannels.count) of them are not archived completely: "
                + "older messages there may be missing (get_messages reads and archives them)."
        }
        return SearchAnswer.Coverage(
            channelsSearched: channels.count, channelsIncomplete: result.incompleteChannels.count,
            incompleteChannelIDs: Array(result.incompleteChannels.prefix(20)), oldestSeen: oldest, note: note)
    }
}
