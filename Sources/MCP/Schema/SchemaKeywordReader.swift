/// Reads the keywords of one schema object.
struct SchemaKeywordReader {
    var compiler: SchemaCompiler
    let place: SchemaAddress
    let resource: Int

    mutating func rules(of object: JSONObject) throws(JSONSchemaError) -> SchemaRules {
        var rules = SchemaRules()
        rules.resource = resource
        for member in object.members {
            compiler.path.append(member.name)
            let (keyword, value) = (member.name, member.value)
            switch keyword {
            case "type": rules.types = try types(value)
            case "enum": rules.enumeration = try array(value)
            case "const": rules.constant = value
            case "$schema":
                guard SchemaCompiler.checkDialect(value) else { throw failure("only draft 2020-12 is known") }
            case "$defs", "definitions": _ = try named(value, keyword)
            default:
                if try readNumber(keyword, value, &rules.number) { break }
                if try readString(keyword, value, &rules.string) { break }
                if try readArray(keyword, value, &rules.array) { break }
                if try readObject(keyword, value, &rules.object) { break }
                // What is known to none of them is an annotation.
                _ = try readCombined(keyword, value, &rules.combined)
            }
            compiler.path.removeLast()
        }
        return rules
    }

    private func readNumber(
        _ keyword: String, _ value: JSONValue, _ rules: inout NumberRules?
    ) throws(JSONSchemaError) -> Bool {
        var number = rules ?? NumberRules()
        switch keyword {
        case "minimum": number.minimum = try self.number(value)
        case "maximum": number.maximum = try self.number(value)
        case "exclusiveMinimum": number.exclusiveMinimum = try self.number(value)
        case "exclusiveMaximum": number.exclusiveMaximum = try self.number(value)
        case "multipleOf":
            let divisor = try self.number(value)
            guard divisor.double > 0 else { throw failure("expected a number above zero") }
            number.multipleOf = divisor
        default: return false
        }
        rules = number
        return true
    }

    private func readString(
        _ keyword: String, _ value: JSONValue, _ rules: inout StringRules?
    ) throws(JSONSchemaError) -> Bool {
        var string = rules ?? StringRules()
        switch keyword {
        case "minLength": string.minLength = try count(value)
        case "maxLength": string.maxLength = try count(value)
        case "pattern": string.pattern = try pattern(value)
        default: return false
        }
        rules = string
        return true
    }

    private mutating func readArray(
        _ keyword: String, _ value: JSONValue, _ rules: inout ArrayRules?
    ) throws(JSONSchemaError) -> Bool {
        var array = rules ?? ArrayRules()
        switch keyword {
        case "prefixItems": array.prefix = try schemas(value, keyword)
        case "items": array.items = try schema(value, keyword)
        case "contains": array.contains = try schema(value, keyword)
        case "minContains": array.minContains = try count(value)
        case "maxContains": array.maxContains = try count(value)
        case "minItems": array.minItems = try count(value)
        case "maxItems": array.maxItems = try count(value)
        case "uniqueItems": array.uniqueItems = try flag(value)
        case "unevaluatedItems": array.unevaluated = try schema(value, keyword)
        default: return false
        }
        rules = array
        return true
    }

    private mutating func readObject(
        _ keyword: String, _ value: JSONValue, _ rules: inout ObjectRules?
    ) throws(JSONSchemaError) -> Bool {
        var object = rules ?? ObjectRules()
        switch keyword {
        case "properties": object.properties = try named(value, keyword)
        case "patternProperties":
            for (text, schema) in try named(value, keyword) {
                object.patterns.append((try pattern(.string(text)), schema))
            }
        case "additionalProperties": object.additional = try schema(value, keyword)
        case "propertyNames": object.names = try schema(value, keyword)
        case "required": object.required = try strings(value)
        case "minProperties": object.minProperties = try count(value)
        case "maxProperties": object.maxProperties = try count(value)
        case "dependentSchemas": object.dependentSchemas = try named(value, keyword)
        case "dependentRequired":
            for member in try members(value) {
                object.dependentRequired.append((member.name, try strings(member.value)))
            }
        case "unevaluatedProperties": object.unevaluated = try schema(value, keyword)
        default: return false
        }
        rules = object
        return true
    }

    private mutating func readCombined(
        _ keyword: String, _ value: JSONValue, _ rules: inout CombinedRules?
    ) throws(JSONSchemaError) -> Bool {
        var combined = rules ?? CombinedRules()
        switch keyword {
        case "allOf": combined.allOf = try schemas(value, keyword)
        case "anyOf": combined.anyOf = try schemas(value, keyword)
        case "oneOf": combined.oneOf = try schemas(value, keyword)
        case "not": combined.not = try schema(value, keyword)
        case "if": combined.condition = try schema(value, keyword)
        case "then": combined.then = try schema(value, keyword)
        case "else": combined.otherwise = try schema(value, keyword)
        default: return false
        }
        rules = combined
        return true
    }

    // MARK: - Schemas inside

    private mutating func schema(_ value: JSONValue, _ steps: String...) throws(JSONSchemaError) -> SchemaNode.Position
    {
        let way = steps.map { "/" + SchemaAddress.escaped($0) }.joined()
        let inner = SchemaAddress(resource: place.resource, pointer: place.fragment + way)
        return try compiler.compile(value, at: inner, resource: resource)
    }

    private mutating func schemas(
        _ value: JSONValue, _ keyword: String
    ) throws(JSONSchemaError) -> [SchemaNode.Position] {
        let elements = try array(value)
        guard !elements.isEmpty else { throw failure("expected at least one schema") }
        var positions: [SchemaNode.Position] = []
        for (index, element) in elements.enumerated() {
            positions.append(try schema(element, keyword, String(index)))
        }
        return positions
    }

    private mutating func named(
        _ value: JSONValue, _ keyword: String
    ) throws(JSONSchemaError) -> [(name: String, schema: SchemaNode.Position)] {
        var named: [(name: String, schema: SchemaNode.Position)] = []
        for member in try members(value) {
            compiler.path.append(member.name)
            named.append((member.name, try schema(member.value, keyword, member.name)))
            compiler.path.removeLast()
        }
        return named
    }

    // MARK: - Values

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
            throw failure("the pattern is not a regular expression, or one that cannot be matched in linear time")
        }
        return pattern
    }

    private func members(_ value: JSONValue) throws(JSONSchemaError) -> [JSONObject.Member] {
        guard let object = value.object else { throw failure("expected an object") }
        return object.members
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

    private func flag(_ value: JSONValue) throws(JSONSchemaError) -> Bool {
        guard let flag = value.bool else { throw failure("expected true or false") }
        return flag
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
        compiler.failure(reason)
    }
}
