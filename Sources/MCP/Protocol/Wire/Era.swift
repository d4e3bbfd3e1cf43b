import HTTPTypes

/// Which shape of the protocol a request has.
enum Era: Sendable {
    case modern
    case legacy

    /// A request is modern when its header names a version that is not a legacy one, or when its body claims any
    /// version: only modern requests carry the claim. All others are legacy, those without a word on it too. When
    /// header and claim disagree, the checks of a modern request find out.
    static func of(header: String?, claim: JSONValue?) -> Era {
        if claim != nil { return .modern }
        guard let header else { return .legacy }
        return ProtocolVersion.Legacy(rawValue: header) == nil ? .modern : .legacy
    }

    /// The HTTP status of a response with that error.
    func status(of code: Int) -> HTTPResponse.Status {
        switch (self, code) {
        case (_, RPCError.Code.parseError), (_, RPCError.Code.invalidRequest): .badRequest
        case (.legacy, _), (.modern, RPCError.Code.internalError): .ok
        case (.modern, RPCError.Code.methodNotFound): .notFound
        case (.modern, -32768 ... -32000): .badRequest
        case (.modern, _): .ok
        }
    }
}
