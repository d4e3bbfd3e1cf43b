import Crypto

/// The secret that signs tokens and session ids: `JWT_SECRET_KEY`.
public struct JWTSecret: Sendable {
    /// What is wrong with a text; never repeats it.
    public enum Weakness: Error, Hashable, Sendable {
        case tooShort(bytes: Int)
        case repetitive
        /// An example from some documentation.
        case example
    }

    /// RFC 7518, 3.2: a key at least as long as the digest.
    public static let minimumBytes = 32

    let bytes: [UInt8]

    public init(_ text: String) throws(Weakness) {
        try Self.validate(text)
        bytes = Array(text.utf8)
    }

    /// 43 random letters and digits, for a stack that was given none.
    public static func generate(using random: inout some RandomNumberGenerator) -> String {
        Base62.random(43, using: &random)
    }

    /// Refuses what can be guessed. The same check for the process that uses the secret and for the one that only
    /// checks the configuration.
    public static func validate(_ text: String) throws(Weakness) {
        let bytes = Array(text.utf8)
        guard bytes.count >= minimumBytes else { throw .tooShort(bytes: bytes.count) }
        let folded = text.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        for example in ["changeme", "changethis", "yoursecret", "yoursupersecret", "replaceme", "placeholder"]
        where folded.contains(example) {
            throw .example
        }
        // Random hex has 16 different digits; "aaaa…" and "abcabc…" have few, and a run of the alphabet has a constant
        // step.
        guard Set(bytes).count >= 8, !isPeriodic(bytes), !isSequence(bytes) else { throw .repetitive }
    }

    var key: SymmetricKey { SymmetricKey(data: bytes) }

    /// A key for another use, from which neither this secret nor another derived key can be found.
    func derivedKey(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(purpose.utf8), outputByteCount: 32)
    }

    private static func isPeriodic(_ bytes: [UInt8]) -> Bool {
        (1...bytes.count / 2).contains { period in
            bytes.indices.dropFirst(period).allSatisfy { bytes[$0] == bytes[$0 - period] }
        }
    }

    private static func isSequence(_ bytes: [UInt8]) -> Bool {
        let steps = zip(bytes, bytes.dropFirst()).map { $1 &- $0 }
        return steps.count { $0 == steps[0] } > steps.count * 3 / 4
    }
}

extension JWTSecret.Weakness: CustomStringConvertible {
    public var description: String {
        let what =
            switch self {
            case .tooShort(let bytes): "has \(bytes) bytes and needs at least \(JWTSecret.minimumBytes)"
            case .repetitive: "repeats itself"
            case .example: "is an example that everybody knows"
            }
        return "JWT_SECRET_KEY \(what). `openssl rand -hex 32` makes a good one."
    }
}
