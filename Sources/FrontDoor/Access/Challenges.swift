import Contracts
import HTTPTypes
import MCP
import SharedState

/// What a refused caller is told at HTTP level.
/// Source: <https://www.rfc-editor.org/rfc/rfc6750#section-3>, <https://www.rfc-editor.org/rfc/rfc9728#section-5.1>
struct Challenges: Sendable {
    /// URL of the protected-resource metadata.
    let resourceMetadata: String

    func unauthorized(_ reason: UnauthenticatedReason) -> Problem {
        var challenge = #"Bearer resource_metadata="\#(resourceMetadata)", scope="discord.read""#
        if reason != .missing { challenge += #", error="invalid_token""# }
        return Problem(
            .unauthorized,
            title: "A valid key is needed",
            detail: "\(reason.message) Send a key or token of this server as `Authorization: Bearer …`.",
            headers: [.wwwAuthenticate: challenge]
        )
    }

    func problem(_ refusal: Refusal) -> Problem {
        switch refusal {
        case .unauthenticated(let reason):
            return unauthorized(reason)
        case .rateLimited(let limited):
            var headers = HTTPFields.limits(limited.limits)
            headers[.retryAfter] = RateLimitHeaders.retryAfter(limited.retryAfter)
            let error = refusal.wireError
            return Problem(
                .tooManyRequests, title: "Too many requests", detail: "\(error.message) \(error.hint)",
                headers: headers,
                members: ["violated-policies": .array([.string(limited.policy)])])
        case .unavailable:
            let error = refusal.wireError
            return Problem(
                .serviceUnavailable, title: "Keys cannot be checked", detail: "\(error.message) \(error.hint)",
                headers: [.retryAfter: "2"])
        }
    }
}
