import MCP

/// Session ids that anybody could make: there is nothing here to protect.
struct OpenSessions: SessionSealer {
    func seal(_ claims: String) -> String {
        claims.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    func open(_ sessionID: String) -> String? {
        let digits = Array(sessionID)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(digits[index...(index + 1)]), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// Remembers in this process which sessions were ended.
actor EndedSessions: SessionRevocations {
    private var ended: Set<String> = []

    func isRevoked(_ id: String) async throws(Problem) -> Bool {
        ended.contains(id)
    }

    func revoke(_ id: String, until expiry: Int64) async throws(Problem) {
        ended.insert(id)
    }
}
