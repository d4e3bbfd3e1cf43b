import Testing

@testable import MCP

@Suite struct JSONSchemaTests {
    /// Schema, value, violations.
    static let cases: [(String, String, [String])] = [
        ("true", "1", []), ("false", "1", ["is not allowed"]), ("{}", "null", []),
        (#"{"type":"string"}"#, "1", ["expected a string, not a number"]),
        (#"{"type":"integer"}"#, "1.0", []), (#"{"type":"integer"}"#, "1.5", ["expected an integer, not a number"]),
        (#"{"type":"integer"}"#, "1e400", ["expected an integer, not a number"]),
        (#"{"type":["string","null"]}"#, "null", []),
        (#"{"type":["string","null"]}"#, "[]", ["expected a string or null, not an array"]),
        (#"{"enum":["a",1]}"#, "1.0", []), (#"{"enum":["a",1]}"#, "2", [#"expected one of "a", 1"#]),
        (#"{"const":{"a":[1]}}"#, #"{"a":[1]}"#, []), (#"{"const":2}"#, "3", ["expected 2"]),
        (#"{"minimum":1,"maximum":10}"#, "0", ["must be at least 1"]),
        (#"{"minimum":1,"maximum":10}"#, "11", ["must be at most 10"]),
        (#"{"maximum":10}"#, "1e400", ["must be at most 10"]),
        (#"{"exclusiveMinimum":0}"#, "0", ["must be more than 0"]),
        (#"{"exclusiveMaximum":9007199254740993}"#, "9007199254740992", []),
        (#"{"minLength":1}"#, #""""#, ["must not be empty"]),
        (#"{"maxLength":2}"#, #""👨‍👩‍👧""#, ["must have at most 2 characters, has 5"]), (#"{"maxLength":2}"#, #""é!""#, []),
        (#"{"pattern":"^[0-9]{17,20}$"}"#, #""12""#, ["expected a string of 17 to 20 digits"]),
        (#"{"type":"string","pattern":"^[0-9]{17,20}$"}"#, "1", ["expected a string of 17 to 20 digits, not a number"]),
        (
            #"{"items":{"type":"integer"}}"#, #"[1,"a",true]"#,
            ["[1]: expected an integer, not a string", "[2]: expected an integer, not a boolean"]
        ),
        (#"{"minItems":1,"maxItems":2}"#, "[]", ["must have at least 1 elements"]),
        (#"{"uniqueItems":true}"#, "[1,1.0]", ["must not have an element twice"]),
        (#"{"required":["a","b"]}"#, #"{"a":1}"#, ["b: is required"]),
        (
            #"{"properties":{"a":{"properties":{"b":{"type":"null"}}}}}"#, #"{"a":{"b":1}}"#,
            ["a.b: expected null, not a number"]
        ),
        (#"{"properties":{"l":{"items":{"required":["x"]}}}}"#, #"{"l":[{},{"x":1}]}"#, ["l[0].x: is required"]),
        (#"{"properties":{"a":true},"additionalProperties":false}"#, #"{"a":1,"b":2}"#, ["b: is unknown; known are a"]),
        (#"{"additionalProperties":false}"#, #"{"b":2}"#, ["b: is unknown; there are no arguments"]),
        (#"{"additionalProperties":{"type":"string"}}"#, #"{"b":2}"#, ["b: expected a string, not a number"]),
        (#"{"anyOf":[{"type":"string"},{"minimum":5}]}"#, "6", []),
        (#"{"anyOf":[{"type":"string"},{"minimum":5}]}"#, "4", ["fits none of the allowed forms"]),
        (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "6", ["fits more than one of the allowed forms"]),
        (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "4", []),
        (#"{"allOf":[{"minimum":5},{"maximum":6}]}"#, "7", ["must be at most 6"]),
        (#"{"type":"string","format":"email","title":"t","x-any":1}"#, #""no address""#, []),
    ]

    @Test(arguments: cases)
    func checks(_ schema: String, _ value: String, _ expected: [String]) throws {
        let schema = try JSONSchema(try JSONReader.read(Array(schema.utf8)))
        let violations = schema.violations(in: try JSONReader.read(Array(value.utf8)))
        #expect(violations.map(\.description) == expected)
    }

    @Test(arguments: [
        #"1"#, #"{"type":"text"}"#, #"{"type":[]}"#, #"{"$ref":"https://example.test"}"#, #"{"if":true}"#,
        #"{"pattern":"(a|b)"}"#, #"{"minLength":-1}"#, #"{"required":[1]}"#, #"{"properties":[]}"#, #"{"anyOf":[]}"#,
        #"{"patternProperties":{}}"#, #"{"enum":1}"#, #"{"minimum":"1"}"#,
    ])
    func refusesSchemasItCannotCheck(_ schema: String) throws {
        let value = try JSONReader.read(Array(schema.utf8))
        #expect(throws: JSONSchemaError.self) { try JSONSchema(value) }
    }

    @Test func refusesDeepAndLargeSchemas() throws {
        var deep: JSONValue = .bool(true)
        for _ in 0..<40 { deep = .object(["items": deep]) }
        let large: JSONValue = .object(["anyOf": .array(Array(repeating: .bool(true), count: 2000))])
        for schema in [deep, large] {
            #expect(throws: JSONSchemaError.self) { try JSONSchema(schema) }
        }
    }

    @Test func tellsAtMostTenViolationsAndShortensNames() throws {
        let schema = try JSONSchema(.object(["additionalProperties": .bool(false)]))
        var object = JSONObject()
        for number in 0..<50 { object[String(repeating: "n", count: 5000) + "\(number)"] = .null }
        let violations = schema.violations(in: .object(object))
        #expect(violations.count == 10)
        #expect(violations.allSatisfy { $0.path.count < 70 })
    }
}
