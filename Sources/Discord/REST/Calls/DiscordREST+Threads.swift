public import Contracts

extension DiscordREST {
    /// Which archived threads of a channel.
    public enum Archive: Hashable, Sendable {
        case `public`
        /// Needs MANAGE_THREADS.
        case `private`
    }

    /// The thread's id is the message's; a message has at most one.
    public func startThread(
        _ thread: StartThread,
        from message: Snowflake,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Channel {
        try await make(
            Route.startThreadFromMessage.at(channel, message), body: thread, reason: reason, deadline: deadline)
    }

    public func startThread(
        _ thread: StartThread,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Channel {
        try await make(Route.startThread.at(channel), body: thread, reason: reason, deadline: deadline)
    }

    public func startForumPost(
        _ post: StartForumPost,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Channel {
        try await make(
            Route.startThread.at(channel), body: post, files: post.message.files, reason: reason, deadline: deadline)
    }

    public func activeThreads(
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ThreadList {
        try await get(Route.listActiveThreads.at(guild), deadline: deadline)
    }

    /// By when they were archived, newest first, before a time; `limit` 2...100.
    public func archivedThreads(
        _ archive: Archive = .public,
        of channel: Snowflake,
        before: Timestamp? = nil,
        limit: Int = 50,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ThreadList {
        let route = archive == .public ? Route.listPublicArchivedThreads : .listPrivateArchivedThreads
        var query = [(name: "limit", value: String(limit))]
        if let before { query.append(("before", before.description)) }
        return try await get(route.at(channel), query: query, deadline: deadline)
    }

    /// Private archived threads that the bot takes part in, newest first; `limit` 2...100.
    public func joinedArchivedThreads(
        of channel: Snowflake,
        before: Snowflake? = nil,
        limit: Int = 50,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ThreadList {
        try await get(
            Route.listJoinedPrivateArchivedThreads.at(channel), query: .page(limit: limit, before: before),
            deadline: deadline)
    }

    /// Threads and forum posts by name and tags; `limit` 1...25.
    public func searchThreads(
        of channel: Snowflake,
        name: String? = nil,
        tags: [Snowflake] = [],
        archived: Bool? = nil,
        limit: Int = 25,
        offset: Int = 0,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ThreadList {
        var query = [(name: "limit", value: String(limit))]
        if offset > 0 { query.append(("offset", String(offset))) }
        if let name { query.append(("name", name)) }
        query += tags.map { ("tag", $0.description) }
        if let archived { query.append(("archived", String(archived))) }
        return try await get(Route.searchThreads.at(channel), query: query, deadline: deadline)
    }

    public func joinThread(_ thread: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) {
        try await change(Route.joinThread.at(thread), deadline: deadline)
    }

    public func leaveThread(_ thread: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) {
        try await change(Route.leaveThread.at(thread), deadline: deadline)
    }

    public func addThreadMember(
        _ user: Snowflake,
        to thread: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.addThreadMember.at(thread, user), deadline: deadline)
    }

    public func removeThreadMember(
        _ user: Snowflake,
        from thread: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.removeThreadMember.at(thread, user), deadline: deadline)
    }

    /// Throws `.refused` (404) for who does not take part.
    public func threadMember(
        _ user: Snowflake,
        of thread: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ThreadMember {
        try await get(Route.getThreadMember.at(thread, user), deadline: deadline)
    }

    /// Needs the GUILD_MEMBERS intent; `limit` 1...100.
    public func threadMembers(
        of thread: Snowflake,
        after: Snowflake? = nil,
        limit: Int = 100,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [ThreadMember] {
        try await get(
            Route.listThreadMembers.at(thread),
            query: [("with_member", "true")] + .page(limit: limit, after: after), deadline: deadline)
    }
}
