import Contracts

/// Polls without votes: bots can not vote, and the sandbox's people do not.
/// Source: <https://discord.com/developers/docs/resources/poll>
enum PollRoutes {
    static let all: [Route] = [
        .post("/channels/{channel_id}/polls/{message_id}/expire", .lookups, expire),
        .get("/channels/{channel_id}/polls/{message_id}/answers/{answer_id}", .lookups, voters),
    ]

    /// The poll of an answer, made from the poll of a request.
    static func finished(_ request: JSONObject, now: Timestamp) throws(APIError) -> JSONObject {
        guard request["question"]?["text"]?.string?.isEmpty == false else { throw .required("poll.question.text") }
        let answers = request["answers"]?.array ?? []
        guard (1...10).contains(answers.count) else { throw .badLength("poll.answers", 1...10) }
        let hours = try request.int("duration", in: 1...768) ?? 24
        let numbered: [JSONValue] = answers.enumerated().map { index, answer in
            ["answer_id": .int(index + 1), "poll_media": answer["poll_media"] ?? [:]]
        }
        return [
            "question": request["question"] ?? [:], "answers": .array(numbered),
            "expiry": .time(now + Double(hours) * 3600),
            "allow_multiselect": .bool(try request.flag("allow_multiselect") ?? false), "layout_type": 1,
            "results": ["answer_counts": [], "is_finalized": false],
        ]
    }

    static func expire(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let channel = try world.channel(call.id("channel_id"), seenBy: user)
        var message = try world.message(call.id("message_id"), in: channel.id)
        guard message.author.id == user else { throw .otherUsersMessage }
        guard message.poll != nil else { throw .unknownMessage }
        message.poll?["results"] = ["answer_counts": [], "is_finalized": true]
        message.poll?["expiry"] = .time(world.now)
        world.histories[channel.id]?[message.id] = message
        world.record("poll.expire", by: user, target: message.id, channel: channel.id)
        world.emitMessage("MESSAGE_UPDATE", message)
        return .ok(world.wire(message, to: user))
    }

    static func voters(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.channel(call.id("channel_id"), seenBy: call.user)
        guard try world.message(call.id("message_id"), in: channel.id).poll != nil else { throw .unknownMessage }
        return .ok(["users": []])
    }
}
