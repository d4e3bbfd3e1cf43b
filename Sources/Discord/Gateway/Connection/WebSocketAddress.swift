/// A `ws://` or `wss://` URL in its parts.
struct WebSocketAddress: Hashable, Sendable {
    let isSecure: Bool
    /// Without the brackets of an IPv6 address.
    let host: String
    let port: Int
    /// With the query.
    let path: String

    /// Nil when it is not such a URL. `query` is added to what the URL has.
    init?(_ url: String, query: String) {
        let rest: Substring
        if url.hasPrefix("wss://") {
            isSecure = true
            rest = url.dropFirst(6)
        } else if url.hasPrefix("ws://") {
            isSecure = false
            rest = url.dropFirst(5)
        } else {
            return nil
        }
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        var target = rest[end...].prefix { $0 != "#" }
        if target.hasPrefix("/") { target = target.dropFirst() }
        path = "/" + target + (target.contains("?") ? "&" : "?") + query

        let isBracketed = authority.hasPrefix("[")
        let hostEnd = isBracketed ? authority.firstIndex(of: "]") : authority.firstIndex(of: ":")
        let hostText = authority[..<(hostEnd ?? authority.endIndex)].drop { $0 == "[" }
        var portText = authority[(hostEnd ?? authority.endIndex)...]
        if isBracketed { portText = portText.dropFirst() }
        guard !hostText.isEmpty, !authority.contains("@"), !isBracketed || hostEnd != nil else { return nil }
        host = String(hostText)
        if portText.isEmpty {
            port = isSecure ? 443 : 80
        } else {
            guard portText.hasPrefix(":"), let number = UInt16(portText.dropFirst()) else { return nil }
            port = Int(number)
        }
    }

    /// The `Host` header.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
