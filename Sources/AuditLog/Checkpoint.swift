import COpenSSL
import FoundationEssentials
import Glibc
import SystemPackage

/// A signed statement that the log ended so at that time. One JSON object a line in `checkpoints/checkpoints.jsonl`.
public struct Checkpoint: Codable, Hashable, Sendable {
    public var version: Int
    /// The last record it covers.
    public var sequence: UInt64
    /// Chain hash of that record, hex.
    public var chain: String
    /// Unix microseconds.
    public var time: Int64
    /// Ed25519 public key, hex.
    public var key: String
    /// Ed25519 signature over `signedText`, hex.
    public var signature: String

    /// `discord-mcp audit checkpoint`, sequence, chain and time, one a line.
    var signedText: [UInt8] {
        Array("discord-mcp audit checkpoint\n\(sequence)\n\(chain)\n\(time)\n".utf8)
    }

    /// Whether the signature is right for the key that the checkpoint names.
    var isSigned: Bool {
        guard let key = [UInt8](hex: key), let signature = [UInt8](hex: signature),
            let publicKey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, key, key.count)
        else { return false }
        defer { EVP_PKEY_free(publicKey) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let text = signedText
        return EVP_DigestVerifyInit(context, nil, nil, nil, publicKey) == 1
            && EVP_DigestVerify(context, signature, signature.count, text, text.count) == 1
    }
}

enum CheckpointFile {
    static func path(in directory: FilePath) -> FilePath {
        directory.appending("checkpoints").appending("checkpoints.jsonl")
    }

    /// Appends one line and makes it durable. A torn line of a crash is ended first.
    static func append(_ checkpoint: Checkpoint, in directory: FilePath) throws {
        do {
            let descriptor = try FileDescriptor.open(
                path(in: directory), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
            defer { try? descriptor.close() }
            let size = try descriptor.seek(offset: 0, from: .end)
            var line = Array(try JSONEncoder().encode(checkpoint))
            line.append(UInt8(ascii: "\n"))
            if size > 0 {
                var last: UInt8 = 0
                _ = try withUnsafeMutableBytes(of: &last) {
                    try descriptor.read(fromAbsoluteOffset: size - 1, into: $0)
                }
                if last != UInt8(ascii: "\n") { line.insert(UInt8(ascii: "\n"), at: 0) }
            }
            try descriptor.writeAll(toAbsoluteOffset: size, line)
            guard fdatasync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch let error as Errno {
            throw AuditLogError(.io, "the checkpoint cannot be written: \(error.description)")
        }
    }

    /// All whole lines, in order.
    static func all(in directory: FilePath) throws -> [Checkpoint] {
        guard let data = FileManager.default.contents(atPath: path(in: directory).string) else { return [] }
        return data.split(separator: UInt8(ascii: "\n")).compactMap {
            try? JSONDecoder().decode(Checkpoint.self, from: Data($0))
        }
    }

    /// The last whole line. Only the end of the file is read: it grows for years.
    static func last(in directory: FilePath) throws -> Checkpoint? {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(path(in: directory), .readOnly, options: .closeOnExec)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
        defer { try? descriptor.close() }
        let size = try descriptor.seek(offset: 0, from: .end)
        let start = max(0, size - 4096)
        var bytes = [UInt8](repeating: 0, count: Int(size - start))
        let count = try bytes.withUnsafeMutableBytes { try descriptor.read(fromAbsoluteOffset: start, into: $0) }
        return bytes.prefix(count).split(separator: UInt8(ascii: "\n")).reversed().lazy.compactMap {
            try? JSONDecoder().decode(Checkpoint.self, from: Data($0))
        }.first
    }
}

extension [UInt8] {
    /// Bytes from an even number of hex digits.
    init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        self = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16) else {
                return nil
            }
            append(byte)
        }
    }
}
