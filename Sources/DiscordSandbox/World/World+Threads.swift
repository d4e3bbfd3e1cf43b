import Contracts

extension World {
    /// Source: <https://discord.com/developers/docs/topics/threads> (1,000 active threads)
    static let mostActiveThreads = 1000

    struct ThreadPlan: Equatable, Sendable {
        let name: String
        var kind: Channel.Kind = .publicThread
        var autoArchiveAfter = 4320
        var slowmode = 0
        var isInvitable = true
        /// A thread that starts at a message has that message's id.
        var startsAt: Snowflake?
        /// The first message of a post in a forum.
        var post: MessageDraft?
        var appliedTags: [Snowflake] = []
    }

    mutating func createThread(
        _ plan: ThreadPlan, under parentID: Snowflake, by actor: Actor
    ) throws(APIError) -> Channel {
        let needed: Permissions = plan.kind == .privateThread ? .createPrivateThreads : .createPublicThreads
        let place = try guildChannel(parentID, where: actor.id)
        let parent = try guildChannel(
            parentID, where: actor.id, has: place.kind.isForum ? .sendMessages : needed)
        guard [.text, .announcement].contains(parent.kind) || parent.kind.isForum, let guild = guilds[parent.guildID]
        else { throw .wrongChannelType }
        guard activeThreads(in: guild, seenBy: guild.ownerID).count < Self.mostActiveThreads else {
            throw .limit(160_006, "active threads", Self.mostActiveThreads)
        }
        if let start = plan.startsAt {
            guard !parent.kind.isForum else { throw .wrongChannelType }
            let message = try message(start, in: parentID)
            guard message.kind.isSpeech else { throw .systemMessage }
            guard channels[start] == nil else { throw .threadExists }
        }
        try checkTitle(plan.name, by: actor.id, in: parent)
        var thread = Channel(
            id: plan.startsAt ?? mintID(), guildID: parent.guildID,
            kind: parent.kind == .announcement && plan.kind == .publicThread ? .announcementThread : plan.kind,
            name: plan.name, parentID: parentID, slowmode: plan.slowmode)
        thread.thread = ThreadState(
            ownerID: actor.id, createdAt: now, archivedAt: now, autoArchiveAfter: plan.autoArchiveAfter,
            isInvitable: plan.isInvitable, members: [actor.id: now], lastActiveAt: now)
        if parent.kind.isForum {
            guard let post = plan.post else { throw .required("message") }
            guard !post.isEmpty else { throw .emptyMessage }
            if parent.flags & Channel.requiresTag != 0, plan.appliedTags.isEmpty { throw .tagRequired }
            let mayManage = permissions(of: actor.id, in: parent).contains(.manageThreads)
            try checkTags(plan.appliedTags, of: thread, mayManage: mayManage)
            thread.appliedTags = plan.appliedTags
        }
        channels[thread.id] = thread
        guilds[parent.guildID]?.channels.insert(thread.id)
        if let start = plan.startsAt { histories[parentID]?[start]?.hasThread = true }
        var data = wire(thread)
        data["newly_created"] = true
        emit("THREAD_CREATE", guild: parent.guildID, to: .readers(of: thread.id), data)
        audit(
            .threadCreate, in: parent.guildID, by: actor, target: thread.id, channel: thread.id,
            changes: [.init(key: "name", old: nil, new: .string(plan.name))])
        announceStart(of: thread, plan: plan, in: parent, by: actor)
        return channels[thread.id] ?? thread
    }

    /// At most five tags of the forum; some are for moderators.
    /// Source: <https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel>
    func checkTags(_ tags: [Snowflake], of thread: Channel, mayManage: Bool) throws(APIError) {
        guard tags.count <= 5 else { throw .badLength("applied_tags", 0...5) }
        let offered = thread.parentID.flatMap { channels[$0] }?.availableTags ?? []
        for id in tags {
            guard let tag = offered.first(where: { $0.id == id }) else {
                throw APIError(status: 404, code: 10087, message: "Unknown tag")
            }
            guard !tag.isModerated || mayManage else { throw .missingPermissions }
        }
    }

    /// Names of threads are read by the keyword rules too.
    private mutating func checkTitle(_ name: String, by userID: Snowflake, in parent: Channel) throws(APIError) {
        let title = Message(
            id: mintID(), channelID: parent.id, guildID: parent.guildID, author: .user(userID), content: name)
        do throws(APIError) {
            try moderateAutomatically(title, in: parent)
        } catch {
            throw error.code == APIError.blockedByAutoModeration.code ? .titleBlockedByAutoModeration : error
        }
    }

    private mutating func announceStart(of thread: Channel, plan: ThreadPlan, in parent: Channel, by actor: Actor) {
        if let post = plan.post, parent.kind.isForum {
            // A post's first message has the id of its thread.
            var first = Message(
                id: thread.id, channelID: thread.id, guildID: thread.guildID, author: .user(actor.id),
                content: post.content)
            first.embeds = post.embeds
            first.attachments = post.attachments
            first.components = post.components
            first.flags = post.flags
            first.mentions = mentions(
                in: post.content, allowed: post.allowedMentions, channel: thread, author: first.author, replied: nil)
            store(first, in: thread)
            channels[thread.id]?.thread?.messageCount = 0
            channels[parent.id]?.lastMessageID = thread.id
            record("message.create", by: actor.id, target: first.id, channel: thread.id)
        } else if let start = plan.startsAt {
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
        guard let thread = channel.thread else { throw .wrongChannelType }
        guard !thread.isArchived else { throw .archivedThread }
        guard guilds[channel.guildID]?.members[userID] != nil else { throw .unknownMember }
        if !joined, userID != actor.id, thread.ownerID != actor.id,
            !permissions(of: actor.id, in: channel).contains(.manageThreads)
        {
            throw .missingPermissions
        }
        if joined, userID != actor.id {
            let granted = permissions(of: actor.id, in: channel)
            guard granted.contains(.sendMessages) else { throw .missingPermissions }
            if channel.kind == .privateThread, !thread.isInvitable, !granted.contains(.manageThreads) {
                throw .missingPermissions
            }
        }
        guard (thread.members[userID] != nil) != joined else { return }
        // Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30033)
        guard !joined || thread.members.count < 1000 else { throw .limit(30033, "thread participants", 1000) }
        channels[threadID]?.thread?.members[userID] = joined ? now : nil
        let count = channels[threadID]?.thread?.members.count ?? 0
        record(joined ? "thread.join" : "thread.leave", by: actor.id, target: userID, channel: threadID)
        var data: JSONObject = [
            "id": .id(threadID), "guild_id": .id(channel.guildID), "member_count": .int(count),
        ]
        if joined {
            var added = Self.threadMember(threadID, userID, now)
            if let member = guilds[channel.guildID]?.members[userID] { added["member"] = .object(wire(member)) }
            data["added_members"] = [.object(added)]
        } else {
            data["removed_member_ids"] = [.id(userID)]
        }
        if joined, users[userID]?.isBot == true {
            // Whoever is added to a thread may not know it yet.
            if let thread = channels[threadID], userID != actor.id, channel.kind == .privateThread {
                emit("THREAD_CREATE", guild: channel.guildID, to: .only([userID]), wire(thread, for: userID))
            }
            var own = Self.threadMember(threadID, userID, now)
            own["guild_id"] = .id(channel.guildID)
            emit("THREAD_MEMBER_UPDATE", guild: channel.guildID, to: .only([userID]), own)
        }
        emit("THREAD_MEMBERS_UPDATE", guild: channel.guildID, to: .readers(of: threadID), data)
    }
}
