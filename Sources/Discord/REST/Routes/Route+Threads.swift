import Contracts

extension Route {
    static let startThreadFromMessage = Route(
        .post, "/channels/{channel_id}/messages/{message_id}/threads",
        needs: .createPublicThreads, reason: true, lane: .post, page: "resources/channel#start-thread-from-message")
    static let startThread = Route(
        .post, "/channels/{channel_id}/threads",
        reason: true, lane: .post, page: "resources/channel#start-thread-without-message")
    static let listActiveThreads = Route(
        .get, "/guilds/{guild_id}/threads/active", page: "resources/guild#list-active-guild-threads")
    static let listPublicArchivedThreads = Route(
        .get, "/channels/{channel_id}/threads/archived/public",
        needs: .readMessageHistory, page: "resources/channel#list-public-archived-threads")
    static let listPrivateArchivedThreads = Route(
        .get, "/channels/{channel_id}/threads/archived/private",
        needs: [.readMessageHistory, .manageThreads], page: "resources/channel#list-private-archived-threads")
    static let listJoinedPrivateArchivedThreads = Route(
        .get, "/channels/{channel_id}/users/@me/threads/archived/private",
        needs: .readMessageHistory, page: "resources/channel#list-joined-private-archived-threads")
    static let searchThreads = Route(
        .get, "/channels/{channel_id}/threads/search", needs: .readMessageHistory, page: "resources/channel")
    static let joinThread = Route(
        .put, "/channels/{channel_id}/thread-members/@me", lane: .post, page: "resources/channel#join-thread")
    static let leaveThread = Route(
        .delete, "/channels/{channel_id}/thread-members/@me", lane: .post, page: "resources/channel#leave-thread")
    static let addThreadMember = Route(
        .put, "/channels/{channel_id}/thread-members/{user_id}",
        needs: .sendMessagesInThreads, page: "resources/channel#add-thread-member")
    static let removeThreadMember = Route(
        .delete, "/channels/{channel_id}/thread-members/{user_id}",
        needs: .manageThreads, page: "resources/channel#remove-thread-member")
    static let getThreadMember = Route(
        .get, "/channels/{channel_id}/thread-members/{user_id}", page: "resources/channel#get-thread-member")
    static let listThreadMembers = Route(
        .get, "/channels/{channel_id}/thread-members", page: "resources/channel#list-thread-members")

    static let threads: [Route] = [
        .startThreadFromMessage, .startThread, .listActiveThreads, .listPublicArchivedThreads,
        .listPrivateArchivedThreads, .listJoinedPrivateArchivedThreads, .searchThreads, .joinThread, .leaveThread,
        .addThreadMember, .removeThreadMember, .getThreadMember, .listThreadMembers,
    ]
}
