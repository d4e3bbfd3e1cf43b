import Contracts

enum MessageRoutes {
    static let all: [Route] = [
        .get("/channels/{channel_id}/messages", .shared("messages.list", 10, seconds: 2), list),
        .get("/channels/{channel_id}/messages/{message_id}", .shared("message.get", 10, seconds: 2), get),
        .post("/channels/{channel_id}/messages", .shared("message.create", 5, seconds: 5), create),
        Route.patch("/channels/{channel_id}/messages/{message_id}", .shared("message.edit", 5, seconds: 5), edit)
            .hiding { call in
                guard let id = try? call.id("message_id"), call.now - id.createdAt > 3600 else { return nil }
                return .oldEdits
            },
        Route.post(
            "/channels/{channel_id}/messages/{message_id}/crosspost", .shared("message.crosspost", 5, seconds: 5),
            crosspost
        ).hiding { _ in .crosspost },
        .delete("/channels/{channel_id}/messages/{message_id}", .shared("message.delete", 5, seconds: 1), delete),
        .post("/channels/{channel_id}/messages/bulk-delete", .shared("message.bulk-delete", 2, seconds: 2), bulkDelete),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let limit = try call.int("limit", in: 1...100, default: 50)
        let anchors: [MessagePage.Anchor?] = [
            try call.snowflake("around").map { .around($0) }, try call.snowflake("before").map { .before($0) },
            // `after=0` reads from the first message on, so here zero is not the same as nothing.
            call.text("after") == "0" ? .after(Snowflake(0)) : try call.snowflake("after").map { .after($0) },
        ]
        let page = MessagePage(anchor: anchors.compactMap { $0 }.first ?? .newest, limit: limit)
        let user = try call.user
        let messages = try world.listMessages(in: call.id("channel_id"), by: user, page: page)
        return .ok(messages.map { world.wire($0, to: user) })
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let channel = try world.channel(call.id("channel_id"), where: user, has: [.readMessageHistory])
        return .ok(world.wire(try world.message(call.id("message_id"), in: channel.id), to: user))
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let channel = try world.channel(call.id("channel_id"), seenBy: user)
        let draft = try draft(&world, call, in: channel.id)
        let message = try world.createMessage(draft, in: channel.id, by: .user(user))
        return .ok(world.wire(message, to: user))
    }

    /// The draft of a body, whose files are kept.
    static func draft(
        _ world: inout World, _ call: APICall, in channelID: Snowflake, body given: JSONObject? = nil
    ) throws(APIError) -> MessageDraft {
        let body: JSONObject
        if let given { body = given } else { body = try call.object }
        var kept: [String: World.StoredFile] = [:]
        var draft = try MessageForm.draft(body, files: call.files) { file, name in
            let path = "\(channelID)/\(world.mintID())/\(name)"
            kept[path] = World.StoredFile(
                contentType: file.contentType ?? "application/octet-stream", bytes: file.bytes)
            return path
        }
        if let poll = body["poll"]?.object { draft.poll = try PollRoutes.finished(poll, now: world.now) }
        world.files.merge(kept) { $1 }
        return draft
    }

    static func crosspost(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let message = try world.crosspost(call.id("message_id"), in: call.id("channel_id"), by: call.actor)
        return .ok(world.wire(message, to: try call.user))
    }

    static func edit(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        _ = try world.channel(call.id("channel_id"), seenBy: user)
        let draft = try draft(&world, call, in: call.id("channel_id"))
        let message = try world.editMessage(
            call.id("message_id"), in: call.id("channel_id"), by: user, body: call.object, draft: draft)
        return .ok(world.wire(message, to: user))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteMessage(call.id("message_id"), in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    /// Source: <https://discord.com/developers/docs/resources/message#bulk-delete-messages>
    static func bulkDelete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        guard let ids = try call.object.snowflakes("messages") else { throw .required("messages") }
        guard (2...100).contains(ids.count) else { throw .bulkCount }
        guard Set(ids).count == ids.count else {
            throw .form("messages", "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
        }
        try world.bulkDelete(ids, in: call.id("channel_id"), by: call.actor)
        return .noContent
    }
}
