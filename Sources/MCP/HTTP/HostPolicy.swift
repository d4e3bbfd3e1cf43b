/// Which names a request may ask for: the defence against DNS rebinding.
struct HostPolicy: Sendable {
    private let allowed: Set<String>

    init(allowed: [String]) {
        self.allowed = Set(allowed.map { $0.lowercased() })
    }

    /// - Parameter authority: the `Host` header.
    func allows(_ authority: String?) -> Bool {
        guard let authority = authority?.lowercased(), !authority.isEmpty else { return false }
        let host = Loopback.host(of: authority)
        return Loopback.contains(host) || allowed.contains(String(host)) || allowed.contains(authority)
    }
}
