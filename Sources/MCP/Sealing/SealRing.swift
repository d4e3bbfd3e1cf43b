import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keys that all front doors share, for what the server hands to clients and wants back as it was: cursors, the state
/// of a request that waits for input, confirmations.
///
/// A sealed text is encrypted and authenticated (AES-256-GCM) and opens only with the same purpose and binding. To
/// change the key without a break, give every front door `[old, new]`, then `[new, old]`, then `[new]`.
public struct SealRing: Sendable {
    /// What a text is sealed for; one of another purpose never opens.
    enum Purpose: String, Sendable {
        case cursor
        case requestState = "request-state"
        case confirmation
    }

    private struct Key: Sendable {
        let id: [UInt8]
        let secret: SymmetricKey

        init(_ material: [UInt8]) {
            let input = SymmetricKey(data: material)
            secret = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: input, info: Array("discord-mcp seal key".utf8), outputByteCount: 32)
            let name = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: input, info: Array("discord-mcp seal key id".utf8), outputByteCount: 4)
            id = name.withUnsafeBytes { Array($0) }
        }
    }

    /// Bytes a key must have at least.
    public static let minimumKeyLength = 16
    private static let version = "v1."
    /// Key id, nonce and tag.
    private static let overhead = 4 + 12 + 16
    private static let maximumLength = 256 << 10

    private let keys: [Key]

    /// - Parameter keys: secret bytes of at least ``minimumKeyLength``; the first one seals, all of them open.
    /// - Returns: nil without a key, or with one that is too short.
    public init?(keys: [[UInt8]]) {
        guard !keys.isEmpty, keys.allSatisfy({ $0.count >= Self.minimumKeyLength }) else { return nil }
        self.keys = keys.map(Key.init)
    }

    /// A ring that dies with the process: for servers that are alone and for tests.
    public static func ephemeral() -> SealRing {
        SealRing(keys: [SymmetricKey(size: .bits256)])
    }

    private init(keys: [SymmetricKey]) {
        self.keys = keys.map { key in Key(key.withUnsafeBytes { Array($0) }) }
    }

    /// - Parameter binding: what must be the same again at opening; it is not in the text.
    func seal(_ content: [UInt8], for purpose: Purpose, binding: [UInt8]) -> String {
        let key = keys[0]
        guard
            let box = try? AES.GCM.seal(
                content, using: key.secret, authenticating: Self.authenticated(purpose, key, binding)),
            let combined = box.combined
        else {
            // A key of 256 bits and a fresh nonce of the usual length: there is nothing left that sealing refuses.
            preconditionFailure("AES-GCM refused to seal")
        }
        return Self.version + Base64URL.encode(key.id + combined)
    }

    /// - Returns: nil for a text that was not sealed so, by any key of the ring.
    func open(_ text: String, for purpose: Purpose, binding: [UInt8]) -> [UInt8]? {
        guard text.hasPrefix(Self.version), text.utf8.count <= Self.maximumLength,
            let bytes = Base64URL.decode(text.dropFirst(Self.version.count)), bytes.count >= Self.overhead,
            let key = keys.first(where: { $0.id.elementsEqual(bytes[..<4]) }),
            let box = try? AES.GCM.SealedBox(combined: bytes[4...]),
            let content = try? AES.GCM.open(
                box, using: key.secret, authenticating: Self.authenticated(purpose, key, binding))
        else { return nil }
        return Array(content)
    }

    private static func authenticated(_ purpose: Purpose, _ key: Key, _ binding: [UInt8]) -> [UInt8] {
        key.id + Array(purpose.rawValue.utf8) + [0] + binding
    }
}
