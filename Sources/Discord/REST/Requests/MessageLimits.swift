import Contracts

/// What all requests that write a message must keep to.
enum MessageLimits {
    private static let componentsV2 = 1 << 15

    /// Source: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
    static func problems(
        content: String?, embeds: [JSONValue]?, components: [JSONValue]?, flags: Int?
    ) -> RequestLimits {
        var limits = RequestLimits()
        limits.length(content, 0...2000, "content")
        limits.count(embeds, 0...10, "embeds")
        let isV2 = (flags ?? 0) & componentsV2 != 0
        limits.count(components, 0...(isV2 ? 40 : 5), "components")
        limits.require(
            !isV2 || (content ?? "").isEmpty && (embeds ?? []).isEmpty,
            "flags: IS_COMPONENTS_V2 excludes content and embeds")
        var total = 0
        for (index, embed) in (embeds ?? []).enumerated() {
            func part(_ text: String?, _ limit: Int, _ name: String) {
                limits.length(text, 0...limit, "embeds[\(index)].\(name)")
                total += text?.unicodeScalars.count ?? 0
            }
            part(embed["title"]?.string, 256, "title")
            part(embed["description"]?.string, 4096, "description")
            part(embed["footer"]?["text"]?.string, 2048, "footer.text")
            part(embed["author"]?["name"]?.string, 256, "author.name")
            guard case .array(let fields)? = embed["fields"] else { continue }
            limits.count(fields, 0...25, "embeds[\(index)].fields")
            for (number, field) in fields.enumerated() {
                part(field["name"]?.string, 256, "fields[\(number)].name")
                part(field["value"]?.string, 1024, "fields[\(number)].value")
            }
        }
        limits.require(total <= 6000, "embeds: have \(total) characters in all, 6000 are allowed")
        return limits
    }
}

/// An entry of `attachments` for a file that comes with the request, or for one that an edit keeps.
struct AttachmentUpload: Encodable, Hashable, Sendable {
    let id: String
    var filename: String?
    var description: String?

    static func list(_ files: [FileUpload]) -> [AttachmentUpload] {
        files.enumerated().map { AttachmentUpload(id: String($0), filename: $1.name, description: $1.description) }
    }
}
