/// Why a provider did not answer a request. What a tool itself could not do is not among these: that is a
/// ``ToolResult`` with `isError`.
public enum RequestFailure: Error, Sendable {
    /// The protocol's own error.
    case rpc(RPCError)
    /// An answer at HTTP level in place of the protocol's: 403 with `WWW-Authenticate` when the caller needs more
    /// scope, 429 or 503 with `Retry-After`.
    case problem(Problem)
}
