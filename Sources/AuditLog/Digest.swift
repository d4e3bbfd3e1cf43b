import COpenSSL

/// SHA-256 by the system's OpenSSL.
public struct Digest: Hashable, Sendable {
    public static let size = 32
    public static let zero = Digest(bytes: [UInt8](repeating: 0, count: size))

    public let bytes: [UInt8]

    init(bytes: some Collection<UInt8>) {
        precondition(bytes.count == Self.size, "a SHA-256 digest has 32 bytes")
        self.bytes = Array(bytes)
    }

    /// The digest of all parts one after the other.
    static func sha256(_ parts: UnsafeRawBufferPointer...) -> Digest {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
        for part in parts {
            EVP_DigestUpdate(context, part.baseAddress, part.count)
        }
        return Digest(
            bytes: [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
                count = size
            })
    }

    /// The chain's next link: SHA-256 over the last link and the record's hash.
    func following(_ previous: Digest) -> Digest {
        previous.bytes.withUnsafeBytes { last in
            bytes.withUnsafeBytes { Digest.sha256(last, $0) }
        }
    }
}

extension Digest: CustomStringConvertible {
    public var description: String { bytes.hex }
}

extension Sequence<UInt8> {
    /// Lower-case hex digits.
    var hex: String {
        var text = ""
        for byte in self {
            text.append(contentsOf: String(byte >> 4, radix: 16))
            text.append(contentsOf: String(byte & 0xF, radix: 16))
        }
        return text
    }
}
