import Crypto

/// The text of an API key: `dmcp_<environment>_<key id, 10>_<secret, 43>_<checksum, 6>`, letters and digits only.
///
/// The prefix and the checksum let scanners of leaked secrets find it. The secret is 43 random letters and digits,
/// which is more than 256 bits; at that strength a plain SHA-256 is a safe thing to store.
public struct APIKey: Hashable, Sendable {
    /// Lower-case letters that say where the key belongs, for instance `live`.
    public let environment: String
    /// Names the key in commands, logs and records; not secret. The first 3 characters are the tenant's tag, so that
    /// all Redis keys of one check are in one cluster slot.
    public let id: String
    let secret: String

    static let prefix = "dmcp_"
    private static let tagLength = 3
    private static let idLength = 10
    private static let secretLength = 43
    private static let checksumLength = 6

    /// A new key of the tenant.
    public init(environment: String = "live", tenant: String, using random: inout some RandomNumberGenerator) {
        self.environment = environment
        id =
            Self.tag(ofTenant: tenant)
            + Base62.random(Self.idLength - Self.tagLength, using: &random)
        secret = Base62.random(Self.secretLength, using: &random)
    }

    /// The same key with another secret: what a rotation gives out.
    init(environment: String, id: String, using random: inout some RandomNumberGenerator) {
        self.environment = environment
        self.id = id
        secret = Base62.random(Self.secretLength, using: &random)
    }

    /// nil when the text is not a whole, unaltered key. Needs no Redis, so that typing errors and noise cost nothing.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "dmcp",
            (1...12).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy((UInt8(ascii: "a")...UInt8(ascii: "z")).contains),
            Base62.isValid(parts[2], length: Self.idLength),
            Base62.isValid(parts[3], length: Self.secretLength),
            Base62.isValid(parts[4], length: Self.checksumLength)
        else { return nil }
        environment = String(parts[1])
        id = String(parts[2])
        secret = String(parts[3])
        guard parts[4] == checksum else { return nil }
    }

    /// The whole key. Shown once, never stored, never logged.
    public var text: String { "\(body)_\(checksum)" }

    /// What Redis stores of the secret: 64 hex digits.
    var secretDigest: String {
        hexadecimal(SHA256.hash(data: Array(secret.utf8)))
    }

    private var body: String { "\(Self.prefix)\(environment)_\(id)_\(secret)" }

    private var checksum: String {
        Base62.encode(CRC32.checksum(Array(body.utf8)), length: Self.checksumLength)
    }

    /// Whether a text can be a key's id at all.
    public static func isID(_ text: some StringProtocol) -> Bool {
        Base62.isValid(text, length: idLength)
    }

    private static func tag(ofTenant tenant: String) -> String {
        let digest = Array(SHA256.hash(data: Array(tenant.utf8)))
        let number = digest[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Base62.encode(number % 238_328, length: tagLength)
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the secret: a key that lands in a log by accident must not give itself away.
    public var description: String { "\(Self.prefix)\(environment)_\(id)_…" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
