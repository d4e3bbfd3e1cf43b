/// What the HTTP edge lets in.
public struct EdgeConfiguration: Sendable {
    /// Names under which the server is reached, with a port or for every port. Loopback names are always allowed.
    public var allowedHosts: [String]
    /// Web origins whose pages may call the server, `*` for all. Loopback origins are always allowed.
    public var allowedOrigins: [String]
    /// Whether allowed origins get the CORS headers that browsers want.
    public var cors: Bool
    /// Paths that do not look at `Host`: probes come by address.
    public var hostExemptPaths: Set<String>
    /// Bytes of a request's body; more is answered 413.
    public var maximumBody: Int
    /// Bytes of the bodies of all requests in work; more are answered 503.
    public var maximumBufferedBodies: Int
    /// Requests to the endpoint at the same time; more are answered 503.
    public var maximumConcurrentRequests: Int

    public init(
        allowedHosts: [String] = [],
        allowedOrigins: [String] = [],
        cors: Bool = false,
        hostExemptPaths: Set<String> = ["/health", "/ready"],
        maximumBody: Int = 4 << 20,
        maximumBufferedBodies: Int = 64 << 20,
        maximumConcurrentRequests: Int = 512
    ) {
        self.allowedHosts = allowedHosts
        self.allowedOrigins = allowedOrigins
        self.cors = cors
        self.hostExemptPaths = hostExemptPaths
        self.maximumBody = maximumBody
        self.maximumBufferedBodies = maximumBufferedBodies
        self.maximumConcurrentRequests = maximumConcurrentRequests
    }
}
