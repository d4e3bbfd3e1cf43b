extension Route {
    static let getPins = Route(
        .get, "/channels/{channel_id}/messages/pins",
        needs: [.viewChannel, .readMessageHistory], page: "resources/message#get-channel-pins")
    static let pinMessage = Route(
        .put, "/channels/{channel_id}/messages/pins/{message_id}",
        needs: .pinMessages, reason: true, page: "resources/message#pin-message")
    static let unpinMessage = Route(
        .delete, "/channels/{channel_id}/messages/pins/{message_id}",
        needs: .pinMessages, reason: true, page: "resources/message#unpin-message")

    static let pins: [Route] = [
        .getPins, .pinMessage, .unpinMessage,
    ]
}
