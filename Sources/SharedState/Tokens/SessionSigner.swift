import Crypto

/// Seals session ids of the older MCP revisions, so that front doors need no shared table of sessions: any of them can
/// tell an id that one of them made from one that somebody made up.
public struct SessionSigner: Sendable {
    private let key: SymmetricKey

    public init(secret: JWTSecret) {
        key = secret.derivedKey(for: "discord-mcp session id 1")
    }

    /// `<payload>.<64 hex digits>`. The payload is visible ASCII (the header's alphabet) and readable by everybody;
    /// sealing it only keeps it from being changed. nil: not visible ASCII, or longer than 512 bytes.
    public func sign(_ payload: String) -> String? {
        let visible = UInt8(ascii: "!")...UInt8(ascii: "~")
        guard (1...512).contains(payload.utf8.count), payload.utf8.allSatisfy(visible.contains) else { return nil }
        return "\(payload).\(hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(payload.utf8), using: key)))"
    }

    /// The payload of an id that was sealed with the same secret; nil for every other text.
    public func verify(_ text: String) -> String? {
        guard text.utf8.count <= 577, let dot = text.lastIndex(of: ".") else { return nil }
        let payload = text[..<dot]
        guard let code = bytes(hexadecimal: text[dot...].dropFirst()),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(payload.utf8), using: key)
        else { return nil }
        return String(payload)
    }
}
