/// Which web pages may call the server.
struct OriginPolicy: Sendable {
    private let allowed: Set<String>

    init(allowed: [String]) {
        self.allowed = Set(allowed.map { $0.lowercased() })
    }

    /// - Parameter origin: the `Origin` header, which only browsers send.
    func allows(_ origin: String) -> Bool {
        let origin = origin.lowercased()
        return allowed.contains("*") || allowed.contains(origin) || Self.isLoopback(origin)
    }

    private static func isLoopback(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return Loopback.contains(Loopback.host(of: String(origin.dropFirst(scheme.count))))
        }
        return false
    }
}
