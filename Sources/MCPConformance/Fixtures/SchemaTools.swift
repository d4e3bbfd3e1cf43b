import MCP

/// Tools with schemas that must come through as they are.
enum SchemaTools {
    static func all() throws(ToolDefinitionError) -> [FixtureTool] {
        [
            try FixtureTool("json_schema_2020_12_tool", "Has a schema of many keywords", schema: schema) { _, _ in
                .said("called")
            },
            try FixtureTool("test_x_mcp_header", "Has arguments that headers repeat", schema: headers) { call, _ in
                .said(String(decoding: call.rawArguments, as: UTF8.self))
            },
            try FixtureTool(
                "test_structured_output", "Returns structured content",
                schema: #"{"type":"object","properties":{"broken":{"type":"boolean"}}}"#,
                output: #"{"type":"object","properties":{"count":{"type":"integer"}},"required":["count"]}"#
            ) { call, _ in
                let isBroken = call.arguments["broken"]?.bool == true
                let json = isBroken ? #"{"count":"many"}"# : #"{"count":3}"#
                return ToolResult(text: [json], structuredContent: Array(json.utf8))
            },
        ]
    }

    private static let schema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",\
        "$defs":{"address":{"$anchor":"addressDef","type":"object",\
        "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},\
        "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},\
        "contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},\
        "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],\
        "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},\
        "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}
        """

    private static let headers = """
        {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},\
        "priority":{"type":"integer","x-mcp-header":"Priority"},\
        "verbose":{"type":"boolean","x-mcp-header":"Verbose"},"query":{"type":"string"}}}
        """
}
