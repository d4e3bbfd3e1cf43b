import HTTPTypes

/// The headers by which a browser lets a page of an allowed origin use the server.
enum CORSPolicy {
    static func isPreflight(_ request: HTTPRequest) -> Bool {
        request.method == .options && request.headerFields[.accessControlRequestMethod] != nil
    }

    static func preflight(_ request: HTTPRequest) -> HTTPFields {
        var headers: HTTPFields = [
            .accessControlAllowMethods: "GET, POST, DELETE",
            .accessControlMaxAge: "600",
        ]
        // Echoed, since tools add Mcp-Param-... headers and a wildcard would leave out Authorization.
        headers[.accessControlAllowHeaders] = request.headerFields[.accessControlRequestHeaders]
        return headers
    }

    static func add(origin: String, to headers: inout HTTPFields) {
        headers[.accessControlAllowOrigin] = origin
        headers[.accessControlExposeHeaders] =
            "Mcp-Session-Id, WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id"
        headers[.vary] = "Origin"
    }
}
