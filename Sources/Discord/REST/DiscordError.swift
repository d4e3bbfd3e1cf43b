/// Why a call to Discord did not succeed. Texts never hold the token, a URL's query or what was sent.
public struct DiscordError: Error, Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// Discord said no (4xx): nothing was done.
        case refused
        /// A limit stands in the way for longer than the caller waits: nothing was done.
        case rateLimited
        /// Discord cannot be reached or answered 5xx.
        case unavailable
        /// The caller's deadline passed.
        case expired
        /// Discord does not know the token (401): no request is sent any more.
        case tokenRejected
        /// Too many refused requests in ten minutes: no request is sent for a while, or Discord would block this host.
        case tooManyRefused
        /// The answer is not what the documentation says.
        case unreadable
        case cancelled
    }

    public var kind: Kind
    /// The HTTP status of the last answer.
    public var status: Int?
    /// Discord's own error code, for instance 50013; 0 counts as none.
    public var code: Int?
    public var message: String
    /// Each field that Discord refused: `content: BASE_TYPE_MAX_LENGTH Must be 2000 or fewer in length.`
    public var formErrors: [String]
    public var retryAfter: Duration?
    /// Method and path template.
    public var route: String
    /// The change may have happened: an attempt was sent, and its answer is not known.
    public var mayHaveHappened: Bool

    /// What Discord does not say of a 50013 or 50001, computed from the guild's roles and the channel's overwrites:
    /// Discord's names of the permissions that the bot lacks. Empty with 50013: it has all that the call needs, so the
    /// target stands above it. Nil: not known.
    public var missingPermissions: [String]?

    public init(
        kind: Kind,
        route: String,
        message: String,
        status: Int? = nil,
        code: Int? = nil,
        formErrors: [String] = [],
        retryAfter: Duration? = nil,
        mayHaveHappened: Bool = false
    ) {
        self.kind = kind
        self.route = route
        self.message = message
        self.status = status
        self.code = code
        self.formErrors = formErrors
        self.retryAfter = retryAfter
        self.mayHaveHappened = mayHaveHappened
    }
}

extension DiscordError: CustomStringConvertible {
    public var description: String {
        var text = "\(route): \(message)"
        if let status { text += " (HTTP \(status)\(code.map { ", code \($0)" } ?? ""))" }
        if !formErrors.isEmpty { text += ": " + formErrors.joined(separator: "; ") }
        return text
    }
}
