/// RFC 7578 as Discord uses it: one `payload_json` and `files[n]` parts.
/// Source: <https://discord.com/developers/docs/reference#uploading-files>
struct MultipartBody: Equatable, Sendable {
    struct File: Equatable, Sendable {
        let index: Int
        let filename: String
        let contentType: String?
        let bytes: [UInt8]

        var size: Int { bytes.count }
    }

    /// Fields that are neither a file nor the payload.
    private(set) var fields: [String: String] = [:]

    private(set) var payload: [UInt8]?
    private(set) var files: [File] = []

    /// nil when a boundary or a part is broken.
    init?(_ bytes: [UInt8], contentType: String) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        var starts = Self.positions(of: delimiter, in: bytes)[...]
        guard let first = starts.popFirst() else { return nil }
        var from = first + delimiter.count
        for next in starts {
            guard next - from >= 4, add(Array(bytes[from + 2..<next - 2])) else { return nil }
            from = next + delimiter.count
        }
        guard bytes[from...].starts(with: "--".utf8) else { return nil }
    }

    private mutating func add(_ part: [UInt8]) -> Bool {
        guard let end = Self.positions(of: Array("\r\n\r\n".utf8), in: part).first else { return false }
        var headers: [String: String] = [:]
        for line in String(decoding: part[..<end], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { return false }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let disposition = headers["content-disposition"] ?? ""
        guard let name = Self.parameter("name", of: disposition) else { return false }
        let content = part[(end + 4)...]
        if name == "payload_json" {
            payload = Array(content)
        } else if name.hasPrefix("files["), name.hasSuffix("]"), let index = Int(name.dropFirst(6).dropLast()) {
            guard let filename = Self.parameter("filename", of: disposition) else { return false }
            files.append(
                File(
                    index: index, filename: filename, contentType: headers["content-type"], bytes: Array(content)))
        } else if let filename = Self.parameter("filename", of: disposition) {
            // One file under a name of its own, as stickers and lists of users come.
            files.append(
                File(index: 0, filename: filename, contentType: headers["content-type"], bytes: Array(content)))
        } else {
            fields[name] = String(decoding: content, as: UTF8.self)
        }
        return true
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let trimmed = piece.drop { $0 == " " }
            guard trimmed.hasPrefix("\(name)=") else { continue }
            let value = trimmed.dropFirst(name.count + 1)
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
        }
        return nil
    }

    private static func positions(of needle: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard let first = needle.first, bytes.count >= needle.count else { return [] }
        return bytes.withUnsafeBufferPointer { bytes in
            (0...bytes.count - needle.count).filter { start in
                guard bytes[start] == first else { return false }
                for offset in 1..<needle.count where bytes[start + offset] != needle[offset] { return false }
                return true
            }
        }
    }
}
