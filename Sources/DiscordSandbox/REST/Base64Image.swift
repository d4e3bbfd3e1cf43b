import Contracts
import Foundation

/// `data:image/png;base64,…`. Source: <https://discord.com/developers/docs/reference#image-data>
struct Base64Image: Sendable {
    let type: String
    let bytes: [UInt8]

    /// nil when the field is missing or null.
    init?(_ body: JSONObject, _ name: String, largest: Int) throws(APIError) {
        guard let value = body[name], !value.isNull else { return nil }
        guard let text = value.string, text.hasPrefix("data:"), let comma = text.firstIndex(of: ","),
            text[..<comma].hasSuffix(";base64"),
            let data = Data(base64Encoded: String(text[text.index(after: comma)...]))
        else { throw .form(name, "IMAGE_INVALID", "Invalid image data") }
        guard data.count <= largest else {
            throw .form(name, "BINARY_TYPE_MAX_SIZE", "File cannot be larger than \(largest / 1024) kb.")
        }
        type = String(text.dropFirst(5).prefix { $0 != ";" })
        bytes = Array(data)
    }

    /// What stands for an image in objects.
    var hash: String { World.signature(type, String(bytes.reduce(7) { ($0 &* 31) &+ Int($1) })).prefix(32).description }
}
