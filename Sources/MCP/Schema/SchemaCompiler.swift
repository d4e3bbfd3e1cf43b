/// Turns a schema's JSON into ``SchemaNode``s and refuses what cannot be checked.
struct SchemaCompiler {
    private static let maximumDepth = 16
    private static let maximumNodes = 1000

    private var path: [String] = []
    private var nodes = 0

    mutating func compile(_ schema: JSONValue) throws(JSONSchemaError) -> SchemaNode {
        nodes += 1
        guard nodes <= Self.maximumNodes else { throw failure("the schema is too large") }
        guard path.count <= 2 * Self.maximumDepth else { throw failure("the schema is nested too deeply") }
        if let constant = schema.bool { return .constant(constant) }
        guard let object = schema.object else { throw failure("a schema is an object, true or false") }
        var rules = SchemaRules()
        for member in object.members {
            path.append(member.name)
            try compile(member.name, member.value, into: &rules)
            path.removeLast()
        }
        return .rules(rules)
    }

    private mutating func compile(
        _ keyword: String,
        _ value: JSONValue,
        into rules: inout SchemaRules
    ) throws(JSONSchemaError) {
        switch keyword {
        case "type": rules.types = try types(value)
        case "enum": rules.enumeration = try array(value)
        case "const": rules.constant = value
        case "minimum": rules.minimum = try number(value)
        case "maximum": rules.maximum = try number(value)
        case "exclusiveMinimum": rules.exclusiveMinimum = try number(value)
        case "exclusiveMaximum": rules.exclusiveMaximum = try number(value)
        case "minLength": rules.minLength = try count(value)
        case "maxLength": rules.maxLength = try count(value)
        case "pattern": rules.pattern = try pattern(value)
        case "properties": rules.properties = try properties(value)
        case "required": rules.required = try strings(value)
        case "additionalProperties": rules.additionalProperties = try compile(value)
        case "items": rules.items = try compile(value)
        case "minItems": rules.minItems = try count(value)
        case "maxItems": rules.maxItems = try count(value)
        case "uniqueItems": rules.uniqueItems = value.bool ?? false
        case "allOf": rules.allOf = try schemas(value)
        case "anyOf": rules.anyOf = try schemas(value)
        case "oneOf": rules.oneOf = try schemas(value)
        case "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format", "$schema",
            "$id", "$comment":
            break
        case let keyword where keyword.hasPrefix("x-"): break
        default: throw failure("the keyword is not supported")
        }
    }

    private mutating func properties(
        _ value: JSONValue
    ) throws(JSONSchemaError) -> [(name: String, schema: SchemaNode)] {
        guard let object = value.object else { throw failure("expected an object") }
        var properties: [(name: String, schema: SchemaNode)] = []
        for member in object.members {
            path.append(member.name)
            properties.append((member.name, try compile(member.value)))
            path.removeLast()
        }
        return properties
    }

    private mutating func schemas(_ value: JSONValue) throws(JSONSchemaError) -> [SchemaNode] {
        let elements = try array(value)
        guard !elements.isEmpty else { throw failure("expected at least one schema") }
        var schemas: [SchemaNode] = []
        for element in elements {
            schemas.append(try compile(element))
        }
        return schemas
    }

    private func types(_ value: JSONValue) throws(JSONSchemaError) -> [SchemaType] {
        let names = if let name = value.string { [name] } else { try strings(value) }
        var types: [SchemaType] = []
        for name in names {
            guard let type = SchemaType(rawValue: name) else { throw failure("\(name) is not a type") }
            types.append(type)
        }
        guard !types.isEmpty else { throw failure("expected at least one type") }
        return types
    }

    private func pattern(_ value: JSONValue) throws(JSONSchemaError) -> SchemaPattern {
        guard let text = value.string else { throw failure("expected a string") }
        guard let pattern = SchemaPattern(text) else {
            throw failure("the pattern uses more than characters, classes, counts and anchors")
        }
        return pattern
    }

    private func array(_ value: JSONValue) throws(JSONSchemaError) -> [JSONValue] {
        guard let array = value.array else { throw failure("expected an array") }
        return array
    }

    private func strings(_ value: JSONValue) throws(JSONSchemaError) -> [String] {
        var strings: [String] = []
        for element in try array(value) {
            guard let string = element.string else { throw failure("expected strings") }
            strings.append(string)
        }
        return strings
    }

    private func number(_ value: JSONValue) throws(JSONSchemaError) -> JSONNumber {
        guard let number = value.number else { throw failure("expected a number") }
        return number
    }

    private func count(_ value: JSONValue) throws(JSONSchemaError) -> Int {
        guard let integer = value.integer, integer >= 0, let count = Int(exactly: integer) else {
            throw failure("expected a whole number, zero or more")
        }
        return count
    }

    private func failure(_ reason: String) -> JSONSchemaError {
        JSONSchemaError(path: path, reason: reason)
    }
}
