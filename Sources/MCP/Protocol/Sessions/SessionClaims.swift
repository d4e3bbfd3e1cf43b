/// What a legacy session id says. The id is all there is of a session: no front door keeps anything.
struct SessionClaims: Sendable, Equatable {
    /// Raised when a claim is added that older front doors must not ignore.
    private static let format: Int64 = 1

    let id: String
    let version: ProtocolVersion.Legacy
    /// The caller who began the session, and the only one who may use it.
    let principal: String
    /// Unix seconds.
    let expiry: Int64
    /// What the client said it can be asked.
    let client: ClientCapabilities

    init(
        id: String,
        version: ProtocolVersion.Legacy,
        principal: String,
        expiry: Int64,
        client: ClientCapabilities = ClientCapabilities()
    ) {
        self.id = id
        self.client = client.essence
        self.version = version
        self.principal = principal
        self.expiry = expiry
    }

    init?(_ text: String) {
        guard let value = try? JSONReader.read(Array(text.utf8)), value["v"]?.integer == Self.format,
            let id = value["jti"]?.string, let version = value["ver"]?.string.flatMap(ProtocolVersion.Legacy.init),
            let principal = value["sub"]?.string, let expiry = value["exp"]?.integer
        else { return nil }
        self.init(
            id: id, version: version, principal: principal, expiry: expiry,
            client: ClientCapabilities(value["cap"]?.object ?? JSONObject()))
    }

    var text: String {
        var writer = JSONWriter(capacity: 128)
        writer.object { writer in
            writer.member("v", Self.format)
            writer.member("jti", id)
            writer.member("ver", version.rawValue)
            writer.member("sub", principal)
            writer.member("exp", expiry)
            if !client.json.isEmpty { writer.member("cap", .object(client.json)) }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
