import Contracts

/// Who asks to come in; people ask by `/sandbox/join-requests`. The documentation does not say which permission is needed:
/// here it is KICK_MEMBERS.
enum JoinRequestRoutes {
    static let all: [Route] = [
        .get("/guilds/{guild_id}/requests", .lookups, list),
        .patch("/guilds/{guild_id}/requests/{request_id}", .shared("join-request", 5, seconds: 5), decide),
    ]

    private static let states = ["STARTED", "SUBMITTED", "REJECTED", "APPROVED"]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .kickMembers)
        let limit = try call.int("limit", in: 1...100, default: 100)
        let (before, after) = (try call.snowflake("before"), try call.snowflake("after"))
        let state = call.text("status")
        guard state.map(states.contains) ?? true else {
            throw .form("status", "BASE_TYPE_CHOICES", "Value must be one of (\(states.joined(separator: ", "))).")
        }
        let found = guild.joinRequests.filter { id, request in
            (state == nil || request["application_status"]?.string == state) && (before.map { id < $0 } ?? true)
                && (after.map { id > $0 } ?? true)
        }.sorted { $0.key > $1.key }
        return .ok([
            "total": .int(found.count), "guild_join_requests": .array(found.prefix(limit).map { .object($0.value) }),
        ])
    }

    static func decide(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let actor = try call.actor
        let guild = try world.guild(call.id("guild_id"), where: actor.id, has: .kickMembers)
        let id = try call.id("request_id")
        guard var request = guild.joinRequests[id] else { throw .unknownJoinRequest }
        let action = body["action"]?.string ?? ""
        guard ["APPROVED", "REJECTED"].contains(action) else {
            throw .form("action", "BASE_TYPE_CHOICES", "Value must be one of (APPROVED, REJECTED).")
        }
        guard request["application_status"]?.string == "SUBMITTED" else {
            throw .form("action", "GUILD_JOIN_REQUEST_ALREADY_REVIEWED", "This request was decided already")
        }
        request["application_status"] = .string(action)
        request["reviewed_at"] = .time(world.now)
        request["rejection_reason"] = .text(try body.text("rejection_reason", length: 0...160))
        request["actioned_by_user"] = .object(world.wireUser(actor.id))
        world.guilds[guild.id]?.joinRequests[id] = request
        world.record(
            "join_request.\(action.lowercased())", by: actor.id, target: request["user_id"]?.snowflake,
            reason: actor.reason)
        if action == "APPROVED", let user = request["user_id"]?.snowflake { try world.join(user, guild.id) }
        return .ok(request)
    }
}

extension World {
    mutating func askToJoin(_ userID: Snowflake, _ guildID: Snowflake) throws(APIError) -> JSONObject {
        guard let guild = guilds[guildID] else { throw .unknownGuild }
        guard users[userID] != nil else { throw .unknownUser }
        guard guild.members[userID] == nil else {
            throw .form("user", "ALREADY_MEMBER", "That person is a member already")
        }
        let id = mintID()
        let request: JSONObject = [
            "id": .id(id), "created_at": .time(now), "reviewed_at": nil, "application_status": "SUBMITTED",
            "rejection_reason": nil, "guild_id": .id(guildID), "user_id": .id(userID),
            "user": .object(wireUser(userID)), "form_responses": [], "actioned_by_user": nil,
        ]
        guilds[guildID]?.joinRequests[id] = request
        record("join_request.submit", by: userID, target: userID)
        return request
    }
}
