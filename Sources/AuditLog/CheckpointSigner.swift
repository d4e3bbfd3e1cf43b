import COpenSSL
import Glibc
public import SystemPackage

/// Signs the end of the log with Ed25519, so that a log whose chain was recomputed as a whole is found out.
///
/// The key is a file of 32 random bytes (mode 0600) that only the audit writer is given.
public struct CheckpointSigner: Sendable {
    static let seedSize = 32

    private let seed: [UInt8]
    /// 32 bytes: what a verifier needs to know.
    public let publicKey: [UInt8]

    /// - Throws: `AuditLogError` when OpenSSL refuses the key.
    public init(seed: [UInt8]) throws {
        guard seed.count == Self.seedSize,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { throw AuditLogError(.io, "a checkpoint key has \(Self.seedSize) bytes") }
        defer { EVP_PKEY_free(key) }
        var size = Self.seedSize
        var publicKey = [UInt8](repeating: 0, count: size)
        guard EVP_PKEY_get_raw_public_key(key, &publicKey, &size) == 1 else {
            throw AuditLogError(.io, "OpenSSL gives no public key for the checkpoint key")
        }
        self.seed = seed
        self.publicKey = publicKey
    }

    /// Reads the key file, or makes one.
    public init(keyFile path: FilePath) throws {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            defer { try? descriptor.close() }
            var seed = [UInt8](repeating: 0, count: Self.seedSize)
            let count = try seed.withUnsafeMutableBytes { try descriptor.read(fromAbsoluteOffset: 0, into: $0) }
            guard count == Self.seedSize else {
                throw AuditLogError(.io, "\(path) is not a checkpoint key: it must have \(Self.seedSize) bytes")
            }
            try self.init(seed: seed)
        } catch Errno.noSuchFileOrDirectory {
            var seed = [UInt8](repeating: 0, count: Self.seedSize)
            guard RAND_bytes(&seed, CInt(seed.count)) == 1 else {
                throw AuditLogError(.io, "OpenSSL has no randomness for the checkpoint key")
            }
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
            defer { try? descriptor.close() }
            try descriptor.writeAll(seed)
            guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            try self.init(seed: seed)
        }
    }

    func sign(sequence: UInt64, chain: Digest, time: Int64) throws -> Checkpoint {
        var checkpoint = Checkpoint(
            version: 1, sequence: sequence, chain: chain.description, time: time, key: publicKey.hex, signature: "")
        let text = checkpoint.signedText
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            throw AuditLogError(.io, "OpenSSL refuses the checkpoint key")
        }
        defer { EVP_PKEY_free(key) }
        var size = 64
        var signature = [UInt8](repeating: 0, count: size)
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &size, text, text.count) == 1
        else { throw AuditLogError(.io, "OpenSSL cannot sign the checkpoint") }
        checkpoint.signature = signature.hex
        return checkpoint
    }
}

extension CheckpointSigner {
    /// - Parameter hexSeed: 64 hex digits.
    public init(hexSeed: String) throws {
        guard let seed = [UInt8](hex: hexSeed) else {
            throw AuditLogError(.io, "a checkpoint key is written as \(2 * Self.seedSize) hex digits")
        }
        try self.init(seed: seed)
    }
}
