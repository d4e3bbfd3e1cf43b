/// A file that a call carries.
/// Source: <https://discord.com/developers/docs/reference#uploading-files>
public struct FileUpload: Hashable, Sendable {
    /// Of one file, unless the guild is boosted.
    public static let maximumBytes = 10 << 20
    /// Of a whole request.
    public static let maximumRequestBytes = 25 << 20

    public var name: String
    /// For instance `image/png`; nil lets Discord guess from the name.
    public var contentType: String?
    public var bytes: [UInt8]
    /// At most 1024 characters; of attachments.
    public var description: String?

    public init(name: String, contentType: String? = nil, bytes: [UInt8], description: String? = nil) {
        self.name = name
        self.contentType = contentType
        self.bytes = bytes
        self.description = description
    }

    static func problems(of files: [FileUpload]) -> [String] {
        var limits = RequestLimits()
        limits.count(files, 0...10, "files")
        for (index, file) in files.enumerated() {
            limits.require(!file.name.isEmpty, "files[\(index)]: needs a name")
            limits.require(
                file.bytes.count <= maximumBytes,
                "files[\(index)]: has \(file.bytes.count) bytes, \(maximumBytes) are allowed")
            limits.require(
                file.contentType?.utf8.allSatisfy { (0x21...0x7E).contains($0) } ?? true,
                "files[\(index)]: the content type is not one")
            limits.length(file.description, 0...1024, "files[\(index)].description")
        }
        limits.require(
            files.reduce(0) { $0 + $1.bytes.count } <= maximumRequestBytes,
            "files: have more than \(maximumRequestBytes) bytes in all")
        return limits.problems
    }
}
