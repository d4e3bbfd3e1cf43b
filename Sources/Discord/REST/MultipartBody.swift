/// `multipart/form-data`, as RFC 7578 and browsers write it.
struct MultipartBody {
    private let boundary: String
    private var bytes: [UInt8] = []

    /// 128 random bits as boundary: no file holds them.
    init(using random: inout some RandomNumberGenerator) {
        boundary = "discord-mcp-\(String(random.next(), radix: 36))\(String(random.next(), radix: 36))"
    }

    mutating func add(_ name: String, json: [UInt8]) {
        add(name, fileName: nil, contentType: "application/json", content: json)
    }

    mutating func add(_ name: String, text: String) {
        add(name, fileName: nil, contentType: nil, content: Array(text.utf8))
    }

    mutating func add(_ name: String, file: FileUpload) {
        add(
            name, fileName: file.name, contentType: file.contentType ?? "application/octet-stream",
            content: file.bytes)
    }

    /// With the closing boundary.
    var content: RequestContent {
        RequestContent(
            type: "multipart/form-data; boundary=\(boundary)", bytes: bytes + Array("--\(boundary)--\r\n".utf8))
    }

    private mutating func add(_ name: String, fileName: String?, contentType: String?, content: [UInt8]) {
        var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.quoted(name))\""
        if let fileName { head += "; filename=\"\(Self.quoted(fileName))\"" }
        if let contentType { head += "\r\nContent-Type: \(contentType)" }
        bytes += Array((head + "\r\n\r\n").utf8)
        bytes += content
        bytes += Array("\r\n".utf8)
    }

    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { quoted, scalar in
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
    }
}

/// A body with its type.
struct RequestContent: Sendable {
    let type: String
    let bytes: [UInt8]
}
