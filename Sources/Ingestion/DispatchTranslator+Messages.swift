import Archive
import Contracts
import Discord

// Direct messages have no guild: they are nobody's business here.
extension DispatchTranslator {
    func written(_ message: ArrivedMessage, _ dispatch: GatewayDispatch) -> Translation? {
        guard let guildID = message.guildID, let author = message.author else { return nil }
        let record = MessageRecord(
            message, author: author, guildID: guildID, json: dispatch.data)
        return Translation(
            mutations: [dispatch.name == "MESSAGE_CREATE" ? .messageCreated(record) : .messageUpdated(record)],
            event: WireEvent(
                type: dispatch.name, guild: guildID, channel: record.channelID, message: record.id,
                user: record.authorID))
    }

    func deleted(_ event: MessagesDeletedEvent, _ name: String, now: Int64) -> Translation? {
        guard let guildID = event.guildID else { return nil }
        return Translation(
            mutations: [.messagesDeleted(event.ids, channel: event.channelID, guild: guildID, at: now)],
            event: WireEvent(
                type: name, guild: guildID, channel: event.channelID,
                message: name == "MESSAGE_DELETE" ? event.ids.first : nil))
    }

    func reacted(_ event: MessageReactionEvent, _ name: String) -> Translation? {
        guard let guildID = event.guildID else { return nil }
        let emoji = event.emoji.map(EmojiRecord.init)
        let mutation: ArchiveMutation
        switch (name, emoji, event.userID) {
        case ("MESSAGE_REACTION_ADD", let emoji?, let user?):
            mutation = .reactionAdded(emoji, message: event.messageID, user: user)
        case ("MESSAGE_REACTION_REMOVE", let emoji?, let user?):
            mutation = .reactionRemoved(emoji, message: event.messageID, user: user)
        case ("MESSAGE_REACTION_REMOVE_ALL", _, _):
            mutation = .reactionsCleared(message: event.messageID, emoji: nil)
        case ("MESSAGE_REACTION_REMOVE_EMOJI", let emoji?, _):
            mutation = .reactionsCleared(message: event.messageID, emoji: emoji)
        default: return nil
        }
        return Translation(
            mutations: [mutation],
            event: WireEvent(
                type: name, guild: guildID, channel: event.channelID, message: event.messageID, user: event.userID))
    }

    func voted(_ event: MessagePollVoteEvent, _ name: String) -> Translation? {
        guard let guildID = event.guildID else { return nil }
        return Translation(
            mutations: [
                .pollVoted(
                    event.answerID, message: event.messageID, user: event.userID,
                    isGiven: name == "MESSAGE_POLL_VOTE_ADD")
            ],
            event: WireEvent(
                type: name, guild: guildID, channel: event.channelID, message: event.messageID, user: event.userID))
    }

    func pinned(_ event: ChannelPinsUpdateEvent) -> Translation? {
        guard let guildID = event.guildID else { return nil }
        return Translation(
            mutations: [.pinsChanged(channel: event.channelID, at: event.lastPinTimestamp?.unixMilliseconds)],
            event: WireEvent(type: "CHANNEL_PINS_UPDATE", guild: guildID, channel: event.channelID))
    }
}
