import MCP

/// The resources of the suite.
struct FixtureResources: ResourceProvider {
    private static let template = (prefix: "test://template/", suffix: "/data")

    func resources(for context: CallContext) async throws(RequestFailure) -> [ResourceDefinition] {
        [
            ResourceDefinition(
                uri: "test://static-text", name: "static-text", title: "Static Text Resource",
                description: "A text", mimeType: "text/plain"),
            ResourceDefinition(
                uri: "test://static-binary", name: "static-binary", title: "Static Binary Resource",
                description: "An image", mimeType: "image/png"),
            ResourceDefinition(
                uri: "test://watched-resource", name: "watched-resource", title: "Watched Resource",
                description: "A text whose changes are announced", mimeType: "text/plain"),
        ]
    }

    func templates(for context: CallContext) async throws(RequestFailure) -> [ResourceTemplateDefinition] {
        [
            ResourceTemplateDefinition(
                uriTemplate: "test://template/{id}/data", name: "template", title: "Resource Template",
                description: "Data by id", mimeType: "application/json")
        ]
    }

    func read(_ uri: String, context: CallContext) async throws(RequestFailure) -> ResourceReading? {
        switch uri {
        case "test://static-text": reading(uri, "text/plain", "This is the content of the static text resource.")
        case "test://watched-resource": reading(uri, "text/plain", "Watched resource content")
        case "test://static-binary":
            ResourceReading([ResourceContents(uri: uri, mimeType: "image/png", .blob(Media.png))])
        default:
            Self.id(in: uri).map { id in
                let data: JSONValue = .object([
                    "id": .string(id), "templateTest": .bool(true), "data": .string("Data for ID: \(id)"),
                ])
                return reading(uri, "application/json", String(decoding: data.encoded(), as: UTF8.self))
            }
        }
    }

    func canSubscribe(to uri: String, context: CallContext) async throws(RequestFailure) -> Bool {
        uri == "test://watched-resource"
    }

    private func reading(_ uri: String, _ mimeType: String, _ text: String) -> ResourceReading {
        ResourceReading([ResourceContents(uri: uri, mimeType: mimeType, .text(text))], cacheMilliseconds: 1000)
    }

    private static func id(in uri: String) -> String? {
        guard uri.hasPrefix(template.prefix), uri.hasSuffix(template.suffix) else { return nil }
        let id = uri.dropFirst(template.prefix.count).dropLast(template.suffix.count)
        return id.isEmpty || id.contains("/") ? nil : String(id)
    }
}
