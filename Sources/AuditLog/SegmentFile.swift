import Glibc
import SystemPackage

/// One segment: a header, then records, then zeroes.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | `DMCPAUD1` |
/// | 8 | 4 | format version |
/// | 12 | 4 | zero |
/// | 16 | 8 | sequence of the first record |
/// | 24 | 32 | chain hash of the record before the first |
/// | 56 | 8 | zero |
struct SegmentFile {
    static let magic: [UInt8] = Array("DMCPAUD1".utf8)
    static let formatVersion: UInt32 = 1
    static let headerSize = 64

    let path: FilePath
    let firstSequence: UInt64
    let previousChain: Digest

    static func name(firstSequence: UInt64) -> String {
        let digits = String(firstSequence)
        return String(repeating: "0", count: 20 - digits.count) + digits + ".seg"
    }

    var header: [UInt8] {
        var bytes = Self.magic
        bytes.append(littleEndian: Self.formatVersion)
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: firstSequence)
        bytes += previousChain.bytes
        bytes.append(littleEndian: UInt64(0))
        return bytes
    }

    /// Writes the header and zeroes up to `size`, and makes file and directory durable: later records then overwrite
    /// blocks that exist, so that fdatasync has no file metadata to write.
    static func create(
        in directory: FilePath, firstSequence: UInt64, previousChain: Digest, size: Int
    ) throws -> (SegmentFile, FileDescriptor) {
        let path = directory.appending(name(firstSequence: firstSequence))
        let segment = SegmentFile(path: path, firstSequence: firstSequence, previousChain: previousChain)
        let temporary = directory.appending(name(firstSequence: firstSequence) + ".new")
        let descriptor = try FileDescriptor.open(
            temporary, .readWrite, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
        do {
            try descriptor.writeAll(toAbsoluteOffset: 0, segment.header)
            let zeroes = [UInt8](repeating: 0, count: 1 << 20)
            var offset = headerSize
            while offset < size {
                let count = min(zeroes.count, size - offset)
                try descriptor.writeAll(toAbsoluteOffset: Int64(offset), zeroes[..<count])
                offset += count
            }
            guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            try synchronize(directory: directory)
        } catch {
            try? descriptor.close()
            unlink(temporary.string)
            throw error
        }
        return (segment, descriptor)
    }

    /// Makes creations and renames in the directory durable.
    static func synchronize(directory: FilePath) throws {
        let descriptor = try FileDescriptor.open(directory, .readOnly, options: [.directory, .closeOnExec])
        defer { try? descriptor.close() }
        guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }

    /// All segments of a directory, in order.
    static func list(in directory: FilePath) throws -> [SegmentFile] {
        guard let stream = opendir(directory.string) else { throw Errno(rawValue: errno) }
        defer { closedir(stream) }
        var paths: [FilePath] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".seg") { paths.append(directory.appending(name)) }
        }
        return try paths.sorted { $0.string < $1.string }.map { try SegmentFile(reading: $0) }
    }

    private init(reading path: FilePath) throws {
        let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        defer { try? descriptor.close() }
        var header = [UInt8](repeating: 0, count: Self.headerSize)
        let count = try header.withUnsafeMutableBytes { try descriptor.read(fromAbsoluteOffset: 0, into: $0) }
        guard count == Self.headerSize, header.starts(with: Self.magic) else {
            throw AuditLogError(.damaged, "\(path.lastComponent?.string ?? "segment") has no audit segment header")
        }
        let version = header[8..<12].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard version <= Self.formatVersion else {
            throw AuditLogError(
                .newerFormat,
                "the audit log has format \(version), and this program knows up to \(Self.formatVersion): "
                    + "run the version that wrote it, or a newer one")
        }
        self.init(
            path: path,
            firstSequence: header[16..<24].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) },
            previousChain: Digest(bytes: header[24..<56])
        )
    }

    private init(path: FilePath, firstSequence: UInt64, previousChain: Digest) {
        self.path = path
        self.firstSequence = firstSequence
        self.previousChain = previousChain
    }

    /// The whole file. A segment is at most some tens of megabytes.
    func contents() throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        defer { try? descriptor.close() }
        let size = Int(try descriptor.seek(offset: 0, from: .end))
        return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let rest = UnsafeMutableRawBufferPointer(buffer)[count...]
                let read = try descriptor.read(
                    fromAbsoluteOffset: Int64(count), into: UnsafeMutableRawBufferPointer(rebasing: rest))
                if read == 0 { break }
                count += read
            }
        }
    }
}
