import Contracts

extension Route {
    static let createReaction = Route(
        .put, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        needs: [.addReactions, .readMessageHistory], lane: .post, page: "resources/message#create-reaction")
    static let deleteOwnReaction = Route(
        .delete, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        lane: .post, page: "resources/message#delete-own-reaction")
    static let deleteUserReaction = Route(
        .delete, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
        needs: .manageMessages, page: "resources/message#delete-user-reaction")
    static let getReactions = Route(
        .get, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        needs: .readMessageHistory, page: "resources/message#get-reactions")
    static let deleteAllReactions = Route(
        .delete, "/channels/{channel_id}/messages/{message_id}/reactions",
        needs: .manageMessages, page: "resources/message#delete-all-reactions")
    static let deleteAllReactionsForEmoji = Route(
        .delete, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        needs: .manageMessages, page: "resources/message#delete-all-reactions-for-emoji")

    static let reactions: [Route] = [
        .createReaction, .deleteOwnReaction, .deleteUserReaction, .getReactions, .deleteAllReactions,
        .deleteAllReactionsForEmoji,
    ]
}
