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
        (#"{"const":"\u00e9"}"#, #""e\u0301""#, ["expected \"\u{e9}\""]),
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
        (#"{"multipleOf":0.01}"#, "4.02", []), (#"{"multipleOf":3}"#, "10", ["must be a multiple of 3"]),
        (#"{"not":{"type":"null"}}"#, "null", ["has a form that is not allowed"]),
        (#"{"if":{"minimum":5},"then":{"maximum":8},"else":{"minimum":1}}"#, "9", ["must be at most 8"]),
        (#"{"if":{"minimum":5},"then":{"maximum":8},"else":{"minimum":1}}"#, "0", ["must be at least 1"]),
        (#"{"if":true}"#, "0", []),
        (
            #"{"patternProperties":{"^n":{"type":"number"}},"additionalProperties":false}"#, #"{"n1":"x","a":1}"#,
            ["n1: expected a number, not a string", "a: is unknown; there are no arguments"]
        ),
        (#"{"propertyNames":{"maxLength":2}}"#, #"{"abc":1}"#, ["abc: has a name that is not allowed"]),
        (#"{"minProperties":1}"#, "{}", ["must have at least 1 members"]),
        (#"{"maxProperties":0}"#, #"{"a":1}"#, ["must have at most 0 members"]),
        (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, ["b: is required together with a"]),
        (#"{"dependentSchemas":{"a":{"required":["c"]}}}"#, #"{"a":1}"#, ["c: is required"]),
        (#"{"prefixItems":[{"type":"string"}],"items":false}"#, #"["a",1]"#, ["[1]: is not allowed"]),
        (#"{"contains":{"const":1}}"#, "[2]", ["must contain at least 1 fitting elements"]),
        (
            #"{"contains":{"const":1},"minContains":0,"maxContains":1}"#, "[1,1]",
            ["must contain at most 1 fitting elements"]
        ),
        (
            #"{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}"#, #"{"a":1,"b":2}"#,
            ["b: is not allowed"]
        ),
        (
            #"{"oneOf":[{"prefixItems":[true]},{"prefixItems":[true,true],"minItems":3}],"unevaluatedItems":false}"#,
            "[1,2]",
            ["[1]: is not allowed"]
        ),
        (
            ##"{"$defs":{"tree":{"properties":{"next":{"$ref":"#/$defs/tree"},"v":{"type":"integer"}}}},"$ref":"#/$defs/tree"}"##,
            #"{"next":{"next":{"v":"x"}}}"#, ["next.next.v: expected an integer, not a string"]
        ),
        (##"{"$defs":{"a":{"$anchor":"here","type":"null"}},"$ref":"#here"}"##, "1", ["expected null, not a number"]),
        (
            #"{"$id":"https://e.test/a","$defs":{"b":{"$id":"b","const":1}},"$ref":"b"}"#, "2", ["expected 1"]
        ),
    ]

    @Test(arguments: cases)
    func checks(_ schema: String, _ value: String, _ expected: [String]) throws {
        let schema = try JSONSchema(try JSONReader.read(Array(schema.utf8)))
        let violations = schema.violations(in: try JSONReader.read(Array(value.utf8)))
        #expect(violations.map(\.description) == expected)
    }

    @Test(arguments: [
        #"1"#, #"{"type":"text"}"#, #"{"type":[]}"#, #"{"$ref":"https://example.test"}"#, #"{"if":1}"#,
        #"{"pattern":"(?=a)"}"#, ##"{"$ref":"#/nowhere"}"##, ##"{"$ref":"#name"}"##, #"{"multipleOf":0}"#,
        #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, #"{"uniqueItems":1}"#, #"{"minLength":-1}"#,
        #"{"required":[1]}"#, #"{"properties":[]}"#, #"{"anyOf":[]}"#,
        #"{"patternProperties":{"(":true}}"#, #"{"enum":1}"#, #"{"minimum":"1"}"#,
    ])
    func refusesSchemasItCannotCheck(_ schema: String) throws {
        let value = try JSONReader.read(Array(schema.utf8))
        #expect(throws: JSONSchemaError.self) { try JSONSchema(value) }
    }

    @Test func refusesDeepAndLargeSchemas() throws {
        var deep: JSONValue = .bool(true)
        for _ in 0..<200 { deep = .object(["items": deep]) }
        let large: JSONValue = .object(["anyOf": .array(Array(repeating: .bool(true), count: 6000))])
        for schema in [deep, large] {
            #expect(throws: JSONSchemaError.self) { try JSONSchema(schema) }
        }
    }

    /// A reference to itself, and alternatives whose ways multiply: both end, with a refusal.
    @Test(arguments: [
        ##"{"$ref":"#"}"##,
        ##"{"$defs":{"a":{"anyOf":[{"allOf":[{"items":{"$ref":"#/$defs/a"}},false]},{"items":{"$ref":"#/$defs/a"}}]}},"$ref":"#/$defs/a"}"##,
        ##"{"$defs":{"a":{"items":{"$ref":"#/$defs/a"}}},"not":{"allOf":[{"$ref":"#/$defs/a"},false]}}"##,
    ])
    func workIsBounded(_ schema: String) throws {
        let schema = try JSONSchema(try JSONReader.read(Array(schema.utf8)))
        var value: JSONValue = .array([])
        for _ in 0..<50 { value = .array([value, value]) }
        #expect(schema.violations(in: value).first?.message == "is too complex to be checked")
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
