/// What every modern request says of itself in `params._meta`.
struct Envelope: Sendable {
    let version: String
    let client: ClientCapabilities
    /// Nil: the client wants no log messages for this request.
    let logLevel: LogLevel?

    /// - Throws: -32602, naming the member that is missing or wrong.
    init(_ params: JSONObject) throws(RPCError) {
        guard let meta = params["_meta"]?.object else {
            throw .invalidParams("params._meta is required and must be an object")
        }
        guard let version = meta[MetaKey.protocolVersion]?.string else {
            throw .invalidParams("params._meta[\"\(MetaKey.protocolVersion)\"] is required and must be a string")
        }
        guard let capabilities = meta[MetaKey.clientCapabilities]?.object else {
            throw .invalidParams("params._meta[\"\(MetaKey.clientCapabilities)\"] is required and must be an object")
        }
        if let info = meta[MetaKey.clientInfo], info.object == nil {
            throw .invalidParams("params._meta[\"\(MetaKey.clientInfo)\"] must be an object")
        }
        if let level = meta[MetaKey.logLevel] {
            guard let known = level.string.flatMap(LogLevel.init) else {
                throw .invalidParams("params._meta[\"\(MetaKey.logLevel)\"] must be a log level of RFC 5424")
            }
            logLevel = known
        } else {
            logLevel = nil
        }
        if let token = meta[MetaKey.progressToken], !token.isProgressToken {
            throw .invalidParams("params._meta.progressToken must be a string or a whole number")
        }
        self.version = version
        client = ClientCapabilities(capabilities)
    }
}

extension JSONValue {
    var isProgressToken: Bool {
        string != nil || number?.isInteger == true
    }
}
