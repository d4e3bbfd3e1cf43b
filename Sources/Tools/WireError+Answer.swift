import Contracts
import HTTPTypes
import MCP

extension WireError {
    /// How the error reaches the caller of a tool.
    ///
    /// What the model can act on is a tool result; what concerns the key or the server's state is an HTTP answer, which
    /// clients and proxies understand before any model does.
    func answer(resourceMetadata: String) throws(RequestFailure) -> ToolResult {
        switch code {
        case .accessDenied:
            throw .problem(insufficientScope(resourceMetadata: resourceMetadata))
        case .unauthenticated:
            let challenge = #"Bearer resource_metadata="\#(resourceMetadata)", error="invalid_token""#
            throw .problem(Problem(.unauthorized, detail: message, headers: [.wwwAuthenticate: challenge]))
        default:
            return ToolResult(text: [text], structuredContent: nil, isError: true)
        }
    }

    /// The sentence, the way out, and what a program may want to know.
    var text: String {
        var lines = ["\(code.name): \(message)"]
        if !hint.isEmpty { lines.append(hint) }
        if retryAfterSeconds > 0 { lines.append("Try again after \(retryAfterSeconds) seconds.") }
        for (name, value) in details.sorted(by: { $0.key < $1.key }) { lines.append("\(name): \(value)") }
        return lines.joined(separator: "\n")
    }

    /// 403 with the challenge of RFC 6750, section 3.1.
    func insufficientScope(resourceMetadata: String) -> Problem {
        var challenge = #"Bearer error="insufficient_scope""#
        if let scope = details["scope"] { challenge += #", scope="\#(scope)""# }
        challenge += #", resource_metadata="\#(resourceMetadata)""#
        return Problem(
            .forbidden,
            title: "Not allowed for this key",
            detail: hint.isEmpty ? message : "\(message) \(hint)",
            headers: [.wwwAuthenticate: challenge]
        )
    }
}
