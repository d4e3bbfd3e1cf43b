import Contracts

/// Source: <https://discord.com/developers/docs/resources/message#get-channel-pins>
enum PinRoutes {
    private static let edits = RateRule.shared("pin", 5, seconds: 5)

    static let all: [Route] = [
        .get("/channels/{channel_id}/messages/pins", .lookups, list),
        .put("/channels/{channel_id}/messages/pins/{message_id}", edits, pin),
        .delete("/channels/{channel_id}/messages/pins/{message_id}", edits, unpin),
        .get("/channels/{channel_id}/pins", .lookups, listOld),
        .put("/channels/{channel_id}/pins/{message_id}", edits, pin),
        .delete("/channels/{channel_id}/pins/{message_id}", edits, unpin),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let limit = try call.int("limit", in: 1...50, default: 50)
        let before =
            try call.text("before").map { text throws(APIError) in
                try MemberRoutes.timestamp(.string(text), "before")
            } ?? nil
        let pins = try readable(world, call).filter { message in
            before.map { (message.pinnedAt ?? world.now) < $0 } ?? true
        }
        let items: [JSONValue] = pins.prefix(limit).map { message in
            ["pinned_at": .time(message.pinnedAt), "message": .object(world.wire(message, to: user))]
        }
        return .ok(["items": .array(items), "has_more": .bool(pins.count > limit)])
    }

    static func listOld(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        return .ok(try readable(world, call).prefix(50).map { world.wire($0, to: user) })
    }

    private static func readable(_ world: World, _ call: APICall) throws(APIError) -> [Message] {
        let channel = try world.channel(call.id("channel_id"), seenBy: call.user)
        let mayRead = world.permissions(of: try call.user, in: channel).contains(.readMessageHistory)
        return mayRead ? world.pins(in: channel.id) : []
    }

    static func pin(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setPinned(true, call.id("message_id"), in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    static func unpin(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setPinned(false, call.id("message_id"), in: call.id("channel_id"), by: call.actor)
        return .noContent
    }
}
