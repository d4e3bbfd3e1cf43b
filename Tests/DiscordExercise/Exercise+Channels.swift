import Contracts
import Discord

extension Exercise {
    func threads() async throws {
        let message = try await post("thread")
        var start = StartThread(name: "talk")
        start.autoArchiveDuration = 60
        let thread = try await rest.startThread(start, from: message.id, in: channel, reason: reason)
        try expect(thread.id == message.id, "a thread has its message's id")
        _ = try await post("inside", in: thread.id)
        let active = try await rest.activeThreads(of: guild)
        try expect(active.threads?.contains { $0.id == thread.id } ?? false, "the thread is active")
        let member = try member(0)
        try await rest.addThreadMember(member, to: thread.id)
        try expect(try await rest.threadMember(member, of: thread.id).userID == member, "the member takes part")
        try expect(
            try await rest.threadMembers(of: thread.id).contains { $0.userID == member }, "the members are listed")
        try await rest.removeThreadMember(member, from: thread.id)
        try await rest.leaveThread(thread.id)
        try await rest.joinThread(thread.id)
        _ = try await rest.searchThreads(of: channel, name: "talk")
        var archive = ModifyChannel()
        archive.archived = true
        try expect(
            try await rest.modifyChannel(thread.id, archive, reason: reason).threadMetadata?.archived == true,
            "the thread is archived")
        let archived = try await rest.archivedThreads(of: channel)
        try expect(archived.threads?.contains { $0.id == thread.id } ?? false, "it is listed as archived")
        _ = try await rest.archivedThreads(.private, of: channel)
        _ = try await rest.joinedArchivedThreads(of: channel)
        let hidden = try await rest.startThread(
            StartThread(name: "hidden", type: .privateThread), in: channel, reason: reason)
        try expect(hidden.type == .privateThread, "the thread is private")
        try await rest.deleteChannel(hidden.id, reason: reason)
        try await rest.deleteChannel(thread.id, reason: reason)
        try await rest.deleteMessage(message.id, in: channel)
    }

    func forum() async throws {
        var create = CreateChannel(name: "forum", type: .forum)
        create.availableTags = [ForumTag(name: "bug")]
        let forum = try await rest.createChannel(create, in: guild, reason: reason)
        let post = try await rest.startForumPost(
            StartForumPost(name: "a post", message: CreateMessage(content: "body")), in: forum.id, reason: reason)
        try expect(post.parentID == forum.id, "the post is in its forum")
        try expect(try await rest.messages(in: post.id).first?.content == "body", "the post has its message")
        try await rest.deleteChannel(forum.id, reason: reason)
    }

    func channels() async throws {
        let category = try await rest.createChannel(CreateChannel(name: "group", type: .category), in: guild)
        var create = CreateChannel(name: "fresh")
        create.topic = "topic"
        create.parentID = category.id
        let made = try await rest.createChannel(create, in: guild, reason: reason)
        try expect(made.topic == "topic" && made.parentID == category.id, "the channel is as it was asked for")
        var change = ModifyChannel()
        change.name = "renamed"
        change.topic = .clear
        change.rateLimitPerUser = 5
        let changed = try await rest.modifyChannel(made.id, change, reason: reason)
        try expect(changed.name == "renamed" && changed.topic == nil, "the channel is changed")
        try expect(changed.rateLimitPerUser == 5, "the channel is slow")
        try await rest.moveChannels([NewPosition(made.id, 1)], in: guild)
        let overwrite = PermissionOverwrite(id: guild, type: .role, deny: .sendMessages)
        try await rest.setOverwrite(overwrite, in: made.id, reason: reason)
        try expect(
            try await rest.channel(made.id).permissionOverwrites?.contains(overwrite) ?? false,
            "the overwrite is set")
        try await rest.removeOverwrite(of: guild, in: made.id, reason: reason)
        try expect(try await rest.channels(of: guild).contains { $0.id == made.id }, "the channel is listed")
        for id in [made.id, category.id] { try await rest.deleteChannel(id, reason: reason) }
        try await expectRefusal([10003], "a deleted channel") { () async throws(DiscordError) in
            _ = try await rest.channel(made.id)
        }
    }

    func webhooks() async throws {
        let webhook = try await rest.createWebhook(WebhookRequest(name: "hook"), in: channel, reason: reason)
        guard let token = webhook.token else { throw Failed(description: "the webhook has no token") }
        let changed = try await rest.modifyWebhook(webhook.id, WebhookRequest(name: "hook 2"), reason: reason)
        try expect(changed.name == "hook 2", "the webhook has its new name")
        try expect(try await rest.webhook(webhook.id).id == webhook.id, "the webhook is there")
        try expect(try await rest.webhooks(in: channel).contains { $0.id == webhook.id }, "the channel lists it")
        try expect(try await rest.webhooks(of: guild).contains { $0.id == webhook.id }, "the guild lists it")
        var message = WebhookMessage(content: "hi", username: "somebody")
        message.files = [FileUpload(name: "a.txt", bytes: [65])]
        let posted = try await rest.execute(webhook.id, token: token, message)
        try expect(posted.webhookID == webhook.id && posted.author?.username == "somebody", "it posts")
        let edited = try await rest.editWebhookMessage(
            posted.id, of: webhook.id, token: token, EditMessage(content: .set("changed")))
        try expect(edited.content == "changed", "its post is changed")
        _ = try await rest.webhookMessage(posted.id, of: webhook.id, token: token)
        try await rest.deleteWebhookMessage(posted.id, of: webhook.id, token: token)
        try await rest.deleteWebhook(webhook.id, reason: reason)
    }

    func invites() async throws {
        let invite = try await rest.createInvite(CreateInvite(maxAge: 600, maxUses: 2), to: channel, reason: reason)
        try expect(invite.maxUses == 2 && invite.maxAge == 600, "the invite is as it was asked for")
        try expect(try await rest.invite(invite.code, withCounts: true).code == invite.code, "it can be read")
        try expect(try await rest.invites(to: channel).contains { $0.code == invite.code }, "the channel lists it")
        try expect(try await rest.invites(of: guild).contains { $0.code == invite.code }, "the guild lists it")
        try await rest.deleteInvite(invite.code, reason: reason)
        try await expectRefusal([10006], "a revoked invite") { () async throws(DiscordError) in
            _ = try await rest.invite(invite.code)
        }
    }
}
