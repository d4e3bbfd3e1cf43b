import Contracts

/// The rules that watch over messages. Source: <https://discord.com/developers/docs/resources/auto-moderation>
extension World {
    /// Runs every rule of the guild; a rule that blocks makes the message fail with its custom text.
    mutating func moderateAutomatically(_ message: Message, in channel: Channel) throws(APIError) {
        guard case .user(let userID) = message.author, let guild = guilds[channel.guildID],
            !guild.autoModerationRules.isEmpty, !isExempt(userID, in: guild)
        else { return }
        var blocked: APIError?
        for (_, rule) in guild.autoModerationRules.sorted(by: { $0.key < $1.key }) {
            guard rule["enabled"]?.bool == true, rule["event_type"]?.int == 1, applies(rule, to: userID, in: channel),
                let match = AutoModerationMatch(rule, message: message, recent: recentContents(of: userID, in: channel))
            else { continue }
            if let refusal = act(on: rule, match, message, in: channel) { blocked = blocked ?? refusal }
        }
        if let blocked { throw blocked }
    }

    /// Bots are watched too unless they may manage the guild.
    private func isExempt(_ userID: Snowflake, in guild: Guild) -> Bool {
        !guildPermissions(of: userID, in: guild).isDisjoint(with: [.manageGuild, .administrator])
    }

    private func applies(_ rule: JSONObject, to userID: Snowflake, in channel: Channel) -> Bool {
        let channels = rule["exempt_channels"]?.array?.compactMap(\.snowflake) ?? []
        let roles = rule["exempt_roles"]?.array?.compactMap(\.snowflake) ?? []
        let place: [Snowflake?] = [channel.id, channel.parentID]
        let held = guilds[channel.guildID]?.members[userID]?.roles ?? []
        return !place.contains { $0.map(channels.contains) ?? false } && !held.contains(where: roles.contains)
    }

    /// What that person said here in the last ten seconds: sameness is one sign of spam.
    private func recentContents(of userID: Snowflake, in channel: Channel) -> [String] {
        (histories[channel.id]?.before(Snowflake(.max), limit: 20) ?? [])
            .filter { $0.author.id == userID && now - $0.id.createdAt < 10 }.map(\.content)
    }

    /// Carries out the actions of a rule; the error that the author gets when one of them blocks.
    private mutating func act(
        on rule: JSONObject, _ match: AutoModerationMatch, _ message: Message, in channel: Channel
    ) -> APIError? {
        let actions = rule["actions"]?.array ?? []
        let ruleID = rule["id"]?.snowflake ?? .none
        let blocks = actions.contains { $0["type"]?.int == 1 }
        var refusal: APIError?
        for action in actions {
            var alertID: Snowflake?
            switch action["type"]?.int {
            case 1:
                var error = APIError.blockedByAutoModeration
                let custom = action["metadata"]?["custom_message"]?.string
                let text =
                    custom ?? "Your message could not be sent because it contains content blocked by this server."
                error.fields = [
                    .init(path: ["content"], code: "AUTO_MODERATION_MESSAGE_BLOCKED", message: text)
                ]
                refusal = error
                auditAutomatic(.autoModerationBlock, rule, message, channel)
            case 2:
                alertID = alert(rule, match, message, channel, to: action["metadata"]?["channel_id"]?.snowflake)
                auditAutomatic(.autoModerationFlag, rule, message, channel)
            case 3:
                let seconds = action["metadata"]?["duration_seconds"]?.int ?? 60
                timeOut(message.author.id, seconds: seconds, in: channel.guildID)
                auditAutomatic(.autoModerationTimeout, rule, message, channel)
            default: continue
            }
            var data: JSONObject = [
                "guild_id": .id(channel.guildID), "action": action, "rule_id": .id(ruleID),
                "rule_trigger_type": rule["trigger_type"] ?? 1, "user_id": .id(message.author.id),
                "channel_id": .id(channel.id), "content": .string(message.content),
                "matched_keyword": .text(match.keyword), "matched_content": .text(match.content),
            ]
            if !blocks { data["message_id"] = .id(message.id) }
            data["alert_system_message_id"] = alertID.map { .id($0) }
            emit("AUTO_MODERATION_ACTION_EXECUTION", guild: channel.guildID, to: .holders(of: .manageGuild), data)
        }
        return refusal
    }

    private mutating func auditAutomatic(
        _ action: AuditAction, _ rule: JSONObject, _ message: Message, _ channel: Channel
    ) {
        audit(
            action, in: channel.guildID, by: Actor(id: rule["creator_id"]?.snowflake ?? .none),
            target: message.author.id, channel: channel.id,
            options: [
                "auto_moderation_rule_name": rule["name"] ?? "",
                "auto_moderation_rule_trigger_type": .string(String(rule["trigger_type"]?.int ?? 1)),
                "channel_id": .id(channel.id),
            ])
    }

    /// The system message in the alert channel; nil when the channel is gone.
    private mutating func alert(
        _ rule: JSONObject, _ match: AutoModerationMatch, _ message: Message, _ channel: Channel, to place: Snowflake?
    ) -> Snowflake? {
        guard let place, let target = channels[place] else { return nil }
        var alert = Message(
            id: mintID(), channelID: place, guildID: channel.guildID, author: message.author,
            kind: .autoModerationAlert, content: "")
        func field(_ name: String, _ value: JSONValue?) -> JSONValue {
            ["name": .string(name), "value": value ?? "", "inline": false]
        }
        alert.embeds = [
            [
                "type": "auto_moderation_message", "description": .string(message.content),
                "fields": [
                    field("rule_name", rule["name"]), field("channel_id", .id(channel.id)),
                    field("decision_id", .id(mintID())), field("keyword", .text(match.keyword ?? "")),
                    field("keyword_matched_content", .text(match.content ?? "")),
                ],
            ]
        ]
        store(alert, in: target)
        return alert.id
    }

    private mutating func timeOut(_ userID: Snowflake, seconds: Int, in guildID: Snowflake) {
        guard var member = guilds[guildID]?.members[userID] else { return }
        member.timedOutUntil = now + Double(seconds)
        guilds[guildID]?.members[userID] = member
        emitUpdate(of: member, in: guildID)
    }
}
