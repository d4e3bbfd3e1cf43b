import Contracts

extension Route {
    static let getChannelMessages = Route(
        .get, "/channels/{channel_id}/messages",
        needs: [.viewChannel, .readMessageHistory], page: "resources/message#get-channel-messages")
    static let getMessage = Route(
        .get, "/channels/{channel_id}/messages/{message_id}",
        needs: [.viewChannel, .readMessageHistory], page: "resources/message#get-channel-message")
    static let createMessage = Route(
        .post, "/channels/{channel_id}/messages",
        needs: .sendMessages, lane: .post, page: "resources/message#create-message")
    static let editMessage = Route(
        .patch, "/channels/{channel_id}/messages/{message_id}", lane: .post, page: "resources/message#edit-message")
    static let deleteMessage = Route(
        .delete, "/channels/{channel_id}/messages/{message_id}",
        needs: .manageMessages, reason: true, page: "resources/message#delete-message")
    static let bulkDeleteMessages = Route(
        .post, "/channels/{channel_id}/messages/bulk-delete",
        needs: .manageMessages, reason: true, repeatable: true, page: "resources/message#bulk-delete-messages")
    static let crosspostMessage = Route(
        .post, "/channels/{channel_id}/messages/{message_id}/crosspost",
        needs: .sendMessages, lane: .post, page: "resources/message#crosspost-message")
    static let searchGuildMessages = Route(
        .get, "/guilds/{guild_id}/messages/search",
        needs: .readMessageHistory, page: "resources/message#search-guild-messages")
    static let triggerTyping = Route(
        .post, "/channels/{channel_id}/typing",
        needs: .sendMessages, repeatable: true, lane: .post, page: "resources/channel#trigger-typing-indicator")

    static let messages: [Route] = [
        .getChannelMessages, .getMessage, .createMessage, .editMessage, .deleteMessage, .bulkDeleteMessages,
        .crosspostMessage, .searchGuildMessages, .triggerTyping,
    ]
}
