public import HTTPTypes

/// The credential of a request: a bearer token in the `Authorization` header, and nowhere else.
public enum BearerCredential {
    private static let maximumLength = 8192

    /// The text after `Bearer`, unverified; nil when there is none, more than one, or one that cannot be a token
    /// (RFC 6750 2.1).
    public static func read(from headers: HTTPFields) -> String? {
        let values = headers[values: .authorization]
        guard values.count == 1, let value = values.first else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1]
        guard token.utf8.count <= maximumLength, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        return String(token)
    }
}
