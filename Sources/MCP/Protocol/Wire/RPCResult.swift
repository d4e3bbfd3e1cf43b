import HTTPTypes

/// What a request's handler found, the same for both eras: what an era adds is written when the response is encoded.
struct RPCResult: Sendable {
    /// `resultType` of the modern era.
    enum Kind: String, Sendable {
        case complete
        case inputRequired = "input_required"
        case task
    }

    /// Writes the members of `result`.
    let members: @Sendable (inout JSONWriter) -> Void
    let kind: Kind
    /// How long a modern client may keep it; nil for what is not cacheable.
    let cache: CacheHint?
    let headers: HTTPFields
    /// The request that a modern stream of changes belongs to.
    let subscription: JSONValue?

    init(
        _ kind: Kind = .complete,
        cache: CacheHint? = nil,
        headers: HTTPFields = HTTPFields(),
        subscription: JSONValue? = nil,
        members: @escaping @Sendable (inout JSONWriter) -> Void = { _ in }
    ) {
        self.kind = kind
        self.cache = cache
        self.headers = headers
        self.subscription = subscription
        self.members = members
    }
}

/// `ttlMs` and `cacheScope`.
struct CacheHint: Sendable {
    enum Scope: String, Sendable {
        /// The same for every caller.
        case `public`
        case `private`
    }

    let milliseconds: Int
    let scope: Scope

    init(_ duration: Duration, _ scope: Scope) {
        self.init(milliseconds: Int(duration / .milliseconds(1)), scope)
    }

    init(milliseconds: Int, _ scope: Scope) {
        self.milliseconds = max(0, milliseconds)
        self.scope = scope
    }
}
