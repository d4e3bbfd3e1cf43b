#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An image or sound inside JSON.
/// Source: <https://discord.com/developers/docs/reference#image-data>
public struct DataURI: Hashable, Sendable, Encodable {
    public let text: String
    /// Bytes before the encoding.
    public let size: Int

    /// `contentType`: for instance `image/png`.
    public init(contentType: String, bytes: [UInt8]) {
        text = "data:\(contentType);base64,\(Data(bytes).base64EncodedString())"
        size = bytes.count
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
