/// One event of Discord's, and where the session stands once it is applied.
///
/// Store `position` in the same transaction as the event's effects and give the stored one to the next
/// `GatewayClient`: Discord then replays what was not applied, and nothing is applied twice. `READY` means a new
/// session: what happened before it and was not delivered is lost.
public struct GatewayDispatch: Hashable, Sendable {
    /// Discord's name, for instance `MESSAGE_CREATE`.
    public let name: String
    /// The JSON of the event's `d`, unparsed.
    public let data: [UInt8]
    public let position: GatewaySession

    public init(name: String, data: [UInt8], position: GatewaySession) {
        self.name = name
        self.data = data
        self.position = position
    }

    /// The event as a model; throws `DecodingError`.
    public func decode<Event: Decodable>(_ type: Event.Type) throws -> Event {
        try DiscordJSON.decode(type, from: data)
    }
}
