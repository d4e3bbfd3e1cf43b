extension Settings {
    /// Origin and path prefix under which clients reach the front doors, without a slash at the end.
    public var clientURL: String {
        guard let url = self[.publicURL] else {
            return "http://\(Self.reachable(self[.serverHost])):\(self[.serverPort])"
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    /// A name by which this machine reaches a listener on that address: nobody can connect to "every address".
    public static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0", "": "127.0.0.1"
        case "::": "[::1]"
        case _ where host.contains(":") && !host.hasPrefix("["): "[\(host)]"
        default: host
        }
    }
}
