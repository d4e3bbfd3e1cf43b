import Testing

@testable import MCP

@Suite struct ToolDefinitionTests {
    private func define(name: String = "tool", input: String) throws -> ToolDefinition {
        try ToolDefinition(
            name: name,
            title: "T",
            description: "D",
            inputSchema: input,
            annotations: ToolAnnotations(readOnly: true, destructive: false, idempotent: true)
        )
    }

    @Test func keepsTheSchemaAsItIs() throws {
        let tool = try define(input: #"{"type":"object", "x-unknown":{"deep":[1.50]}, "properties":{}}"#)
        #expect(
            String(decoding: tool.encoded, as: UTF8.self)
                == #"{"name":"tool","title":"T","description":"D","inputSchema":{"type":"object","x-unknown":{"deep":[1.50]},"properties":{}},"annotations":{"title":"T","readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":true}}"#
        )
    }

    @Test(arguments: ["", "with space", "ä", String(repeating: "n", count: 65)])
    func refusesNames(_ name: String) {
        #expect(throws: ToolDefinitionError.self) { try define(name: name, input: #"{"type":"object"}"#) }
    }

    @Test(arguments: [
        "", "[]", #"{"type":"string"}"#, #"{"type":"object","$ref":"x"}"#,
        #"{"type":"object","properties":{"a":{"type":"string","x-mcp-header":""}}}"#,
        #"{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"a b"}}}"#,
        #"{"type":"object","properties":{"a":{"type":"number","x-mcp-header":"A"}}}"#,
        #"{"type":"object","properties":{"a":{"type":"string","x-mcp-header":1}}}"#,
        #"{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"X"},"b":{"type":"string","x-mcp-header":"x"}}}"#,
        #"{"type":"object","properties":{"a":{"items":{"type":"string","x-mcp-header":"X"}}}}"#,
        ##"{"type":"object","$defs":{"d":{"type":"string","x-mcp-header":"X"}},"properties":{"a":{"$ref":"#/$defs/d"}}}"##,
        #"{"type":"object","if":{"properties":{"a":{"type":"string","x-mcp-header":"X"}}}}"#,
        #"{"type":"object","properties":{"a":{"prefixItems":[{"type":"string","x-mcp-header":"X"}]}}}"#,
        #"{"type":"object","anyOf":[{"properties":{"a":{"type":"string","x-mcp-header":"X"}}}]}"#,
    ])
    func refusesSchemas(_ schema: String) {
        #expect(throws: ToolDefinitionError.self) { try define(input: schema) }
    }

    @Test func findsNestedHeaderParameters() throws {
        let tool = try define(
            input:
                #"{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string","x-mcp-header":"Deep"}}}}}"#
        )
        #expect(tool.headerParameters.map(\.header) == ["mcp-param-deep"])
        #expect(tool.headerParameters.first?.argument(in: ["a": .object(["b": .string("x")])]) == .string("x"))
    }
}
