import Contracts

extension World {
    func shareGuild(_ one: Snowflake, _ other: Snowflake) -> Bool {
        guilds.values.contains { $0.members[one] != nil && $0.members[other] != nil }
    }

    /// The same channel each time. Source: <https://discord.com/developers/docs/resources/user#create-dm>
    mutating func openDirectMessages(from userID: Snowflake, to other: Snowflake) throws(APIError) -> Channel {
        guard users[other] != nil else { throw .unknownUser }
        guard other != userID, users[userID]?.isBot != true || users[other]?.isBot != true else {
            throw .cannotMessageUser
        }
        let pair = [userID, other]
        if let old = channels.values.first(where: {
            $0.kind == .directMessage && $0.recipients.allSatisfy(pair.contains)
        }) {
            return old
        }
        var channel = Channel(id: mintID(), guildID: .none, kind: .directMessage, name: "")
        channel.recipients = pair
        channels[channel.id] = channel
        record("direct_message.open", by: userID, target: other, channel: channel.id)
        return channel
    }

    /// To one end the recipient is the other one.
    func wireDirectMessages(_ channel: Channel, for userID: Snowflake) -> JSONObject {
        var object = wire(channel)
        object["recipients"] = .array(channel.recipients.filter { $0 != userID }.map { .object(wireUser($0)) })
        return object
    }
}
