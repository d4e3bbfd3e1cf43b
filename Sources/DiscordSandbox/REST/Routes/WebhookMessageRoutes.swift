import Contracts

/// What a webhook says, with its token and nothing else.
/// Source: <https://discord.com/developers/docs/resources/webhook#execute-webhook>
enum WebhookMessageRoutes {
    private static let executes = RateRule.shared("webhook.execute", 5, seconds: 2)
    private static let messages = RateRule.shared("webhook.message", 5, seconds: 2)
    private static let webhook = "/webhooks/{webhook_id}/{webhook_token}"

    static let all: [Route] = [
        Route.post(webhook, executes, execute).withoutToken,
        Route.get("\(webhook)/messages/{message_id}", messages, get).withoutToken,
        Route.patch("\(webhook)/messages/{message_id}", messages, edit).withoutToken,
        Route.delete("\(webhook)/messages/{message_id}", messages, delete).withoutToken,
    ]

    static func execute(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let webhook = try webhook(world, call)
        let body = try call.object
        var channelID = webhook.channelID
        let name = try body.text("username", length: 1...80) ?? webhook.name
        let avatar = body["avatar_url"]?.string.map { World.signature($0, "").prefix(32).description } ?? webhook.avatar
        let author = Message.Author.webhook(webhook.id, name: name, avatar: avatar)
        let draft = try MessageRoutes.draft(&world, call, in: channelID)
        guard !draft.isEmpty else { throw .emptyMessage }
        if let thread = try call.snowflake("thread_id") {
            guard let channel = world.channels[thread], channel.parentID == webhook.channelID else {
                throw .unknownChannel
            }
            channelID = thread
        } else if let parent = world.channels[channelID], parent.kind.isForum {
            let title = try body.requiredText("thread_name", length: 1...100)
            channelID = world.openPost(
                title, under: parent, by: webhook, tags: try body.snowflakes("applied_tags") ?? [])
        }
        let message = try world.createMessage(draft, in: channelID, by: author)
        return try call.flag("wait") == true ? .ok(world.wire(message, to: nil)) : .noContent
    }

    private static func webhook(_ world: World, _ call: APICall) throws(APIError) -> Webhook {
        try world.webhook(call.id("webhook_id"), token: call.path["webhook_token"] ?? "", by: nil)
    }

    /// A message of that webhook, in its channel or in the thread that the query names.
    private static func message(_ world: World, _ call: APICall) throws(APIError) -> (Webhook, Message) {
        let webhook = try webhook(world, call)
        let channelID = try call.snowflake("thread_id") ?? webhook.channelID
        guard let channel = world.channels[channelID],
            channelID == webhook.channelID || channel.parentID == webhook.channelID
        else { throw .unknownChannel }
        let message = try world.message(call.id("message_id"), in: channelID)
        guard message.author.id == webhook.id else { throw .unknownMessage }
        return (webhook, message)
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try message(world, call).1, to: nil))
    }

    static func edit(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (webhook, old) = try message(world, call)
        guard let channel = world.channels[old.channelID] else { throw .unknownChannel }
        let draft = try MessageRoutes.draft(&world, call, in: channel.id)
        let message = try world.replace(
            old, by: .webhook(webhook.id, name: webhook.name), body: call.object, draft: draft, in: channel)
        return .ok(world.wire(message, to: nil))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (webhook, message) = try message(world, call)
        world.forget(message)
        world.record("message.delete", by: webhook.id, target: message.id, channel: message.channelID)
        return .noContent
    }
}

extension World {
    /// A post of a webhook: its owner is the webhook.
    mutating func openPost(
        _ title: String, under parent: Channel, by webhook: Webhook, tags: [Snowflake]
    ) -> Snowflake {
        var thread = Channel(
            id: mintID(), guildID: parent.guildID, kind: .publicThread, name: title, parentID: parent.id)
        thread.thread = ThreadState(
            ownerID: webhook.id, createdAt: now, archivedAt: now, autoArchiveAfter: 4320, lastActiveAt: now)
        thread.appliedTags = tags
        channels[thread.id] = thread
        guilds[parent.guildID]?.channels.insert(thread.id)
        var data = wire(thread)
        data["newly_created"] = true
        emit("THREAD_CREATE", guild: parent.guildID, to: .readers(of: thread.id), data)
        record("thread.create", by: webhook.id, target: thread.id, channel: thread.id)
        return thread.id
    }
}
