import Contracts

extension World {
    /// Source: <https://discord.com/developers/docs/resources/poll#end-poll> (own polls only)
    mutating func expirePoll(_ id: Snowflake, in channelID: Snowflake, by userID: Snowflake) throws(APIError) -> Message
    {
        let channel = try channel(channelID, seenBy: userID)
        let message = try message(id, in: channel.id)
        guard let poll = message.poll else { throw APIError(status: 400, code: 520_001, message: "Poll not found") }
        guard message.author.id == userID else { throw .otherUsersMessage }
        guard !poll.isFinalized else {
            throw APIError(status: 400, code: 520_006, message: "Poll has already expired")
        }
        record("poll.expire", by: userID, target: id, channel: channelID)
        finalizePoll(id, in: channelID, at: now)
        return try self.message(id, in: channelID)
    }

    /// Ends the vote and posts its result.
    private mutating func finalizePoll(_ id: Snowflake, in channelID: Snowflake, at time: Timestamp) {
        openPolls[id] = nil
        guard var message = histories[channelID]?[id], var poll = message.poll, let channel = channels[channelID] else {
            return
        }
        poll.isFinalized = true
        poll.expiry = min(poll.expiry, time)
        message.poll = poll
        histories[channelID]?[id] = message
        emitMessage("MESSAGE_UPDATE", message)

        var result = Message(
            id: mintID(), channelID: channelID, guildID: channel.guildID, author: message.author, kind: .pollResult,
            content: "")
        result.reference = Message.Reference(messageID: id, channelID: channelID)
        let total = poll.votes.values.reduce(0) { $0 + $1.count }
        var fields: [(String, String)] = [
            ("poll_question_text", poll.question["text"]?.string ?? ""),
            ("victor_answer_votes", String(poll.votes.values.map(\.count).max() ?? 0)), ("total_votes", String(total)),
        ]
        if let winner = poll.winner {
            fields.append(("victor_answer_id", String(winner)))
            fields.append(("victor_answer_text", poll.answers[winner - 1]["text"]?.string ?? ""))
        }
        result.embeds = [
            [
                "type": "poll_result",
                "fields": .array(
                    fields.map { ["name": .string($0.0), "value": .string($0.1), "inline": false] }),
            ]
        ]
        store(result, in: channel)
    }

    /// A person votes, or takes a vote back. Bots can not.
    mutating func vote(
        _ answer: Int, _ isGiven: Bool, on id: Snowflake, in channelID: Snowflake, by userID: Snowflake
    ) throws(APIError) {
        _ = try channel(channelID, where: userID, has: .readMessageHistory)
        var message = try message(id, in: channelID)
        guard var poll = message.poll, (1...poll.answers.count).contains(answer) else {
            throw APIError(status: 400, code: 520_001, message: "Poll not found")
        }
        guard users[userID]?.isBot != true else {
            throw APIError(status: 403, code: 520_000, message: "Bots cannot vote")
        }
        guard !poll.isFinalized, poll.expiry > now else {
            throw APIError(status: 400, code: 520_006, message: "Poll has already expired")
        }
        var changed: [(Int, Bool)] = []
        if isGiven, !poll.allowsSeveral {
            changed = poll.votes.filter { $0.key != answer && $0.value.contains(userID) }.map { ($0.key, false) }
        }
        if poll.votes[answer]?.contains(userID) != isGiven ? true : false { changed.append((answer, isGiven)) }
        for (answer, isGiven) in changed {
            poll.votes[answer, default: []].removeAll { $0 == userID }
            if isGiven { poll.votes[answer, default: []].append(userID) }
        }
        message.poll = poll
        histories[channelID]?[id] = message
        for (answer, isGiven) in changed {
            record(isGiven ? "poll.vote" : "poll.unvote", by: userID, target: id, channel: channelID)
            var data: JSONObject = [
                "user_id": .id(userID), "channel_id": .id(channelID), "message_id": .id(id), "answer_id": .int(answer),
            ]
            if message.guildID != .none { data["guild_id"] = .id(message.guildID) }
            emit(
                isGiven ? "MESSAGE_POLL_VOTE_ADD" : "MESSAGE_POLL_VOTE_REMOVE", guild: message.guildID,
                to: .readers(of: channelID), data)
        }
    }

    /// What time brings about by itself: polls end, threads fall asleep.
    mutating func letTimePass() {
        for (id, channelID) in openPolls.sorted(by: { $0.key < $1.key }) {
            guard let expiry = histories[channelID]?[id]?.poll?.expiry else {
                openPolls[id] = nil
                continue
            }
            if expiry <= now { finalizePoll(id, in: channelID, at: now) }
        }
        for channel in channels.values {
            guard let thread = channel.thread, !thread.isArchived, channel.flags & Channel.pinnedPost == 0,
                now - thread.lastActiveAt > Double(thread.autoArchiveAfter) * 60
            else { continue }
            setArchived(true, thread: channel.id)
            record("thread.archive", by: thread.ownerID, target: channel.id, channel: channel.id)
        }
    }
}
