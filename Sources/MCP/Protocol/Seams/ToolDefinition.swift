/// A tool as clients see it, encoded once.
public struct ToolDefinition: Sendable {
    public let name: String
    /// The JSON object of `tools/list`.
    public let encoded: [UInt8]
    let inputSchema: JSONSchema
    /// Of `structuredContent`.
    let outputSchema: JSONSchema?
    let headerParameters: [HeaderParameter]
    let tasks: TaskSupport

    /// - Parameters:
    ///   - name: 1 to 64 characters of `A-Za-z0-9_.-`: clients refuse longer ones.
    ///   - inputSchema: JSON text of a schema with type object, JSON Schema 2020-12.
    ///   - outputSchema: JSON text of the schema of `structuredContent`. It is checked where the server is told to.
    ///   - tasks: whether calls may become tasks.
    /// - Throws: what is wrong with the definition; a mistake of the programmer, to be seen at start.
    public init(
        name: String,
        title: String,
        description: String,
        inputSchema: String,
        outputSchema: String? = nil,
        annotations: ToolAnnotations,
        tasks: TaskSupport = .never
    ) throws(ToolDefinitionError) {
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte) else {
            throw ToolDefinitionError(tool: name, reason: "the name must be 1 to 64 characters of A-Za-z0-9_.-")
        }
        self.name = name
        self.tasks = tasks
        let input = try Self.schema(inputSchema, of: name)
        guard input["type"]?.string == "object" else {
            throw ToolDefinitionError(tool: name, reason: "inputSchema must be an object with type object")
        }
        do throws(JSONSchemaError) {
            self.inputSchema = try JSONSchema(input)
            headerParameters = try HeaderParameter.all(in: input)
        } catch {
            throw ToolDefinitionError(tool: name, reason: "inputSchema: \(error)")
        }
        let output: JSONValue? =
            if let outputSchema { try Self.schema(outputSchema, of: name) } else { nil }
        do throws(JSONSchemaError) {
            self.outputSchema = if let output { try JSONSchema(output) } else { nil }
        } catch {
            throw ToolDefinitionError(tool: name, reason: "outputSchema: \(error)")
        }
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("name", name)
            writer.member("title", title)
            writer.member("description", description)
            writer.member("inputSchema", input)
            if let output { writer.member("outputSchema", output) }
            writer.name("annotations")
            writer.object { annotations.write(to: &$0, title: title) }
        }
        encoded = writer.bytes
    }

    private static func schema(_ text: String, of tool: String) throws(ToolDefinitionError) -> JSONValue {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONReader.read(Array(text.utf8))
        } catch {
            throw ToolDefinitionError(tool: tool, reason: "a schema is not JSON: \(error)")
        }
        return value
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// Hints for clients on what a tool does. None of them is trusted for a decision.
public struct ToolAnnotations: Sendable {
    public var readOnly: Bool
    public var destructive: Bool
    public var idempotent: Bool
    public var openWorld: Bool

    public init(readOnly: Bool, destructive: Bool, idempotent: Bool, openWorld: Bool = true) {
        self.readOnly = readOnly
        self.destructive = destructive
        self.idempotent = idempotent
        self.openWorld = openWorld
    }

    func write(to writer: inout JSONWriter, title: String) {
        writer.member("title", title)
        writer.member("readOnlyHint", readOnly)
        writer.member("destructiveHint", destructive)
        writer.member("idempotentHint", idempotent)
        writer.member("openWorldHint", openWorld)
    }
}

/// A tool's definition is wrong.
public struct ToolDefinitionError: Error, CustomStringConvertible {
    public let tool: String
    public let reason: String

    public var description: String {
        "tool \(tool): \(reason)"
    }
}
