import Contracts

/// Source: <https://discord.com/developers/docs/components/reference>
enum ComponentForm {
    private static let mostRows = 5
    private static let mostInAll = 40
    private static let mostText = 4000

    static func check(_ components: [JSONValue], isV2: Bool) throws(APIError) {
        var count = 0
        var text = 0
        if !isV2 {
            guard components.count <= mostRows else { throw .badLength("components", 0...mostRows) }
            for (index, component) in components.enumerated() where component["type"]?.int != 1 {
                throw .form("components.\(index).type", "BASE_TYPE_CHOICES", "Value must be one of (1,).")
            }
        }
        for (index, component) in components.enumerated() {
            try visit(component, "components.\(index)", &count, &text)
        }
        guard count <= mostInAll else { throw .badLength("components", 0...mostInAll) }
        guard text <= mostText else { throw .badLength("components", 0...mostText) }
    }

    private static func visit(
        _ component: JSONValue, _ path: String, _ count: inout Int, _ text: inout Int
    ) throws(APIError) {
        count += 1
        guard component["type"]?.int != nil else { throw .required("\(path).type") }
        if let id = component["custom_id"]?.string, !(1...100).contains(id.count) {
            throw .badLength("\(path).custom_id", 1...100)
        }
        if let label = component["label"]?.string, label.count > 80 { throw .badLength("\(path).label", 0...80) }
        if let options = component["options"]?.array, !(1...25).contains(options.count) {
            throw .badLength("\(path).options", 1...25)
        }
        if component["type"]?.int == 10 { text += component["content"]?.string?.count ?? 0 }
        for (index, inner) in (component["components"]?.array ?? []).enumerated() {
            try visit(inner, "\(path).components.\(index)", &count, &text)
        }
        if let accessory = component["accessory"] { try visit(accessory, "\(path).accessory", &count, &text) }
    }
}
