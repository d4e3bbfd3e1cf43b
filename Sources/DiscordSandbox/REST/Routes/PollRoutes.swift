import Contracts

/// Bots can not vote; the sandbox's people do it by `/sandbox/votes`.
/// Source: <https://discord.com/developers/docs/resources/poll>
enum PollRoutes {
    static let all: [Route] = [
        .post("/channels/{channel_id}/polls/{message_id}/expire", .shared("poll.expire", 5, seconds: 5), expire),
        .get("/channels/{channel_id}/polls/{message_id}/answers/{answer_id}", .lookups, voters),
    ]

    /// The poll that a request describes.
    static func finished(_ request: JSONObject, now: Timestamp) throws(APIError) -> Poll {
        guard let question = request["question"]?["text"]?.string, !question.isEmpty else {
            throw .required("poll.question.text")
        }
        guard question.unicodeScalars.count <= 300 else { throw .badLength("poll.question.text", 1...300) }
        let answers = request["answers"]?.array ?? []
        guard (1...10).contains(answers.count) else { throw .badLength("poll.answers", 1...10) }
        var media: [JSONValue] = []
        for (index, answer) in answers.enumerated() {
            guard let shown = answer["poll_media"]?.object, shown["text"]?.string != nil || shown["emoji"] != nil else {
                throw .required("poll.answers.\(index).poll_media.text")
            }
            if let text = shown["text"]?.string, !(1...55).contains(text.unicodeScalars.count) {
                throw .badLength("poll.answers.\(index).poll_media.text", 1...55)
            }
            var kept: JSONObject = [:]
            kept["text"] = shown["text"]
            kept["emoji"] = shown["emoji"].map { ["id": $0["id"] ?? .null, "name": $0["name"] ?? .null] }
            media.append(.object(kept))
        }
        let hours = try request.int("duration", in: 1...768) ?? 24
        return Poll(
            question: ["text": .string(question)], answers: media, expiry: now + Double(hours) * 3600,
            allowsSeveral: try request.flag("allow_multiselect") ?? false)
    }

    static func expire(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let message = try world.expirePoll(call.id("message_id"), in: call.id("channel_id"), by: user)
        return .ok(world.wire(message, to: user))
    }

    static func voters(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.channel(call.id("channel_id"), where: call.user, has: .readMessageHistory)
        let limit = try call.int("limit", in: 1...100, default: 25)
        let after = try call.snowflake("after") ?? .none
        guard let poll = try world.message(call.id("message_id"), in: channel.id).poll,
            let answer = Int(call.path["answer_id"] ?? ""), (1...poll.answers.count).contains(answer)
        else { throw APIError(status: 400, code: 520_001, message: "Poll not found") }
        let users = (poll.votes[answer] ?? []).filter { $0 > after }.sorted().prefix(limit)
        return .ok(["users": .array(users.map { .object(world.wireUser($0)) })])
    }
}
