/// Names of this machine to itself. A page of somebody else's that was rebound to this address has another name.
enum Loopback {
    static func contains(_ host: some StringProtocol) -> Bool {
        host == "localhost" || host == "127.0.0.1" || host == "[::1]"
    }

    /// Host and port of an authority; an IPv6 host keeps its brackets.
    static func host(of authority: String) -> Substring {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let rest = authority[authority.index(after: end)...]
            return rest.isEmpty || rest.hasPrefix(":") ? authority[...end] : authority[...]
        }
        guard let colon = authority.lastIndex(of: ":") else { return authority[...] }
        return authority[..<colon]
    }
}
