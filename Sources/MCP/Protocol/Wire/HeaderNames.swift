public import HTTPTypes

extension HTTPField.Name {
    /// `MCP-Protocol-Version`
    public static let mcpProtocolVersion = mcp("mcp-protocol-version")
    /// `Mcp-Session-Id`, legacy revisions only.
    public static let mcpSessionID = mcp("mcp-session-id")
    static let lastEventID = mcp("last-event-id")
    static let mcpMethod = mcp("mcp-method")
    static let mcpName = mcp("mcp-name")
    /// `X-Request-Id`, on every response.
    public static let requestID = mcp("x-request-id")

    private static func mcp(_ name: String) -> HTTPField.Name {
        // The names above are literal tokens; a mistake in one fails every test.
        HTTPField.Name(name)!
    }
}
