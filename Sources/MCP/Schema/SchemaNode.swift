/// One compiled schema.
indirect enum SchemaNode: Sendable {
    /// `true` and `false` are schemas too: everything, nothing.
    case constant(Bool)
    case rules(SchemaRules)
}

/// The keywords of one schema object; nil and empty: the keyword is absent.
struct SchemaRules: Sendable {
    var types: [SchemaType] = []
    var enumeration: [JSONValue]?
    var constant: JSONValue?
    var minimum: JSONNumber?
    var maximum: JSONNumber?
    var exclusiveMinimum: JSONNumber?
    var exclusiveMaximum: JSONNumber?
    var minLength: Int?
    var maxLength: Int?
    var pattern: SchemaPattern?
    var properties: [(name: String, schema: SchemaNode)] = []
    var required: [String] = []
    var additionalProperties: SchemaNode?
    var items: SchemaNode?
    var minItems: Int?
    var maxItems: Int?
    var uniqueItems = false
    var allOf: [SchemaNode] = []
    var anyOf: [SchemaNode] = []
    var oneOf: [SchemaNode] = []
}

/// The values of `type`.
enum SchemaType: String, Sendable {
    case null, boolean, integer, number, string, array, object

    func includes(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.null, .null), (.boolean, .bool), (.number, .number), (.string, .string), (.array, .array),
            (.object, .object):
            true
        case (.integer, .number(let number)): number.isInteger
        default: false
        }
    }

    /// With its article, for messages.
    var phrase: String {
        switch self {
        case .null: "null"
        case .integer: "an integer"
        case .array: "an array"
        case .object: "an object"
        case .boolean: "true or false"
        case .number: "a number"
        case .string: "a string"
        }
    }
}
