/// The one error type that crosses process borders.
extension WireError: Error {
    public init(
        _ code: WireErrorCode,
        _ message: String,
        hint: String = "",
        retryAfterSeconds: Double = 0,
        details: [String: String] = [:]
    ) {
        self.init()
        self.code = code
        self.message = message
        self.hint = hint
        self.retryAfterSeconds = retryAfterSeconds
        self.details = details
    }
}

extension WireErrorCode {
    /// The name that tools, logs and the audit record show, for instance `missing_permission`.
    public var name: String {
        switch self {
        case .unspecified: "unspecified"
        case .invalidArgument: "invalid_argument"
        case .notFound: "not_found"
        case .accessDenied: "access_denied"
        case .missingPermission: "missing_permission"
        case .hierarchy: "hierarchy"
        case .rateLimited: "rate_limited"
        case .busy: "busy"
        case .expired: "expired"
        case .unavailable: "unavailable"
        case .auditUnavailable: "audit_unavailable"
        case .discordRefused: "discord_refused"
        case .discordUnavailable: "discord_unavailable"
        case .idempotencyConflict: "idempotency_conflict"
        case .inDoubt: "in_doubt"
        case .internal: "internal"
        case .unauthenticated: "unauthenticated"
        case .UNRECOGNIZED: "unrecognized"
        }
    }
}
