/// One compiled schema. Schemas refer to each other by their position in ``JSONSchema``, so that they may be recursive.
final class SchemaNode: Sendable {
    typealias Position = Int

    /// `true` and `false` are schemas too: everything, nothing.
    let constant: Bool?
    let rules: SchemaRules

    init(constant: Bool) {
        self.constant = constant
        rules = SchemaRules()
    }

    init(_ rules: SchemaRules) {
        constant = nil
        self.rules = rules
    }
}

/// The keywords of one schema object; nil and empty: the keyword is absent.
struct SchemaRules: Sendable {
    typealias Position = SchemaNode.Position

    /// The embedded schema resource it is part of.
    var resource = 0
    var reference: Position?
    /// What a `$dynamicRef` names, and where it leads when nothing around says otherwise.
    var dynamicReference: (anchor: String, position: Position)?
    var types: [SchemaType] = []
    var enumeration: [JSONValue]?
    var constant: JSONValue?
    var number: NumberRules?
    var string: StringRules?
    var array: ArrayRules?
    var object: ObjectRules?
    var combined: CombinedRules?
}

struct NumberRules: Sendable {
    var minimum: JSONNumber?
    var maximum: JSONNumber?
    var exclusiveMinimum: JSONNumber?
    var exclusiveMaximum: JSONNumber?
    var multipleOf: JSONNumber?
}

struct StringRules: Sendable {
    var minLength: Int?
    var maxLength: Int?
    var pattern: SchemaPattern?
}

struct ArrayRules: Sendable {
    var prefix: [SchemaNode.Position] = []
    var items: SchemaNode.Position?
    var contains: SchemaNode.Position?
    var minContains: Int?
    var maxContains: Int?
    var minItems: Int?
    var maxItems: Int?
    var uniqueItems = false
    var unevaluated: SchemaNode.Position?
}

struct ObjectRules: Sendable {
    var properties: [(name: String, schema: SchemaNode.Position)] = []
    var patterns: [(pattern: SchemaPattern, schema: SchemaNode.Position)] = []
    var additional: SchemaNode.Position?
    var names: SchemaNode.Position?
    var required: [String] = []
    var dependentRequired: [(name: String, required: [String])] = []
    var dependentSchemas: [(name: String, schema: SchemaNode.Position)] = []
    var minProperties: Int?
    var maxProperties: Int?
    var unevaluated: SchemaNode.Position?
}

struct CombinedRules: Sendable {
    var allOf: [SchemaNode.Position] = []
    var anyOf: [SchemaNode.Position] = []
    var oneOf: [SchemaNode.Position] = []
    var not: SchemaNode.Position?
    var condition: SchemaNode.Position?
    var then: SchemaNode.Position?
    var otherwise: SchemaNode.Position?
}
