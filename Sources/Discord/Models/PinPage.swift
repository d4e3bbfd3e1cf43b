/// A page of a channel's pins, the newest pin first.
/// Source: <https://discord.com/developers/docs/resources/message#get-channel-pins>
public struct PinPage: Hashable, Sendable, Decodable {
    public struct Pin: Hashable, Sendable, Decodable {
        public var pinnedAt: Timestamp?
        public var message: Message?

        enum CodingKeys: String, CodingKey {
            case message
            case pinnedAt = "pinned_at"
        }
    }

    public var items: [Pin]?
    public var hasMore: Bool?

    enum CodingKeys: String, CodingKey {
        case items
        case hasMore = "has_more"
    }
}
