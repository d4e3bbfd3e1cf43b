import Contracts

extension World {
    struct ThreadPlan: Equatable, Sendable {
        let name: String
        var kind: Channel.Kind = .publicThread
        var autoArchiveAfter = 4320
        var slowmode = 0
        var isInvitable = true
        /// A thread that starts at a message has that message's id.
        var startsAt: Snowflake?
    }

    mutating func createThread(
        _ plan: ThreadPlan, under parentID: Snowflake, by actor: Actor
    ) throws(APIError) -> Channel {
        let needed: Permissions = plan.kind == .privateThread ? .createPrivateThreads : .createPublicThreads
        let parent = try channel(parentID, where: actor.id, has: needed)
        guard [.text, .announcement].contains(parent.kind) else {
            throw APIError(status: 400, code: 50024, message: "Cannot execute action on this channel type")
        }
        if let start = plan.startsAt {
            _ = try message(start, in: parentID)
            guard channels[start] == nil else { throw .threadExists }
        }
        var thread = Channel(
            id: plan.startsAt ?? mintID(), guildID: parent.guildID,
            kind: parent.kind == .announcement && plan.kind == .publicThread ? .announcementThread : plan.kind,
            name: plan.name, parentID: parentID, slowmode: plan.slowmode)
        thread.thread = ThreadState(
            ownerID: actor.id, createdAt: now, archivedAt: now, autoArchiveAfter: plan.autoArchiveAfter,
            isInvitable: plan.isInvitable, members: [actor.id: now])
        channels[thread.id] = thread
        guilds[parent.guildID]?.channels.insert(thread.id)
        if let start = plan.startsAt { histories[parentID]?[start]?.hasThread = true }
        var data = wire(thread)
        data["newly_created"] = true
        emit("THREAD_CREATE", guild: parent.guildID, to: .readers(of: parentID), data)
        audit(
            .threadCreate, in: parent.guildID, by: actor, target: thread.id, channel: thread.id,
            changes: [.init(key: "name", old: nil, new: .string(plan.name))])
        announceStart(of: thread, plan: plan, in: parent, by: actor)
        return channels[thread.id] ?? thread
    }

    private mutating func announceStart(of thread: Channel, plan: ThreadPlan, in parent: Channel, by actor: Actor) {
        if let start = plan.startsAt {
            if let message = histories[parent.id]?[start] { emitMessage("MESSAGE_UPDATE", message) }
            var starter = Message(
                id: mintID(), channelID: thread.id, guildID: thread.guildID, author: .user(actor.id),
                kind: .threadStarter, content: "")
            starter.reference = Message.Reference(messageID: start, channelID: parent.id)
            histories[thread.id, default: History()][starter.id] = starter
        } else if plan.kind == .publicThread {
            var notice = Message(
                id: mintID(), channelID: parent.id, guildID: parent.guildID, author: .user(actor.id),
                kind: .threadCreated, content: plan.name)
            notice.reference = Message.Reference(messageID: nil, channelID: thread.id)
            store(notice, in: parent)
        }
    }

    func activeThreads(in guild: Guild, seenBy userID: Snowflake) -> [Channel] {
        guild.channels.compactMap { channels[$0] }
            .filter { $0.thread?.isArchived == false && permissions(of: userID, in: $0).contains(.viewChannel) }
            .sorted { $0.id > $1.id }
    }

    func archivedThreads(under parentID: Snowflake, isPrivate: Bool, before: Timestamp?, limit: Int) -> [Channel] {
        let found = channels.values.filter {
            $0.parentID == parentID && $0.thread?.isArchived == true && ($0.kind == .privateThread) == isPrivate
        }
        let older = found.filter { channel in before.map { (channel.thread?.archivedAt ?? now) < $0 } ?? true }
        return Array(older.sorted { ($0.thread?.archivedAt ?? now) > ($1.thread?.archivedAt ?? now) }.prefix(limit))
    }

    mutating func setThreadMember(
        _ userID: Snowflake, joined: Bool, in threadID: Snowflake, by actor: Actor
    ) throws(APIError) {
        let channel = try channel(threadID, seenBy: actor.id)
        guard let thread = channel.thread else {
            throw APIError(status: 400, code: 50024, message: "Cannot execute action on this channel type")
        }
        guard !thread.isArchived else { throw .archivedThread }
        guard guilds[channel.guildID]?.members[userID] != nil else { throw .unknownMember }
        if !joined, userID != actor.id, thread.ownerID != actor.id,
            !permissions(of: actor.id, in: channel).contains(.manageThreads)
        {
            throw .missingPermissions
        }
        guard (thread.members[userID] != nil) != joined else { return }
        channels[threadID]?.thread?.members[userID] = joined ? now : nil
        let count = channels[threadID]?.thread?.members.count ?? 0
        record(joined ? "thread.join" : "thread.leave", by: actor.id, target: userID, channel: threadID)
        var data: JSONObject = [
            "id": .id(threadID), "guild_id": .id(channel.guildID), "member_count": .int(count),
        ]
        if joined {
            data["added_members"] = [
                ["id": .id(threadID), "user_id": .id(userID), "join_timestamp": .time(now), "flags": 0]
            ]
        } else {
            data["removed_member_ids"] = [.id(userID)]
        }
        emit("THREAD_MEMBERS_UPDATE", guild: channel.guildID, to: .readers(of: threadID), data)
    }
}
