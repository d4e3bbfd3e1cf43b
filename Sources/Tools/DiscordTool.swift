import Contracts
import MCP

/// One tool: how it looks to clients, and what a call asks of the processes behind.
///
/// To add a tool: a `ToolAccess`, a contract, one of these, an entry in ``ToolCatalogue``, and the service method.
protocol DiscordTool: Sendable {
    static var access: ToolAccess { get }
    static var title: String { get }
    static var description: String { get }
    /// JSON text of a JSON Schema 2020-12 object.
    static var inputSchema: String { get }
    static var outputSchema: String { get }
    static var isIdempotent: Bool { get }

    /// What the arguments, which satisfy ``inputSchema``, ask for.
    static func request(_ arguments: ToolArguments) throws(ArgumentFault) -> ToolRequest
}

extension DiscordTool {
    static func definition() throws(ToolDefinitionError) -> ToolDefinition {
        try ToolDefinition(
            name: access.name,
            title: title,
            description: description,
            inputSchema: inputSchema,
            outputSchema: outputSchema,
            annotations: ToolAnnotations(
                readOnly: access.effect == .read,
                destructive: access.effect == .destructive,
                idempotent: isIdempotent
            )
        )
    }
}

/// What a call wants, and where.
struct ToolRequest: Sendable {
    enum Body: Sendable {
        case query(WireQuery.OneOf_Body)
        case command(WireCommand.OneOf_Body, idempotencyKey: String?)
    }

    var body: Body
    /// Nil: follows from the channel, or the call is not about one guild.
    var guild: Snowflake?
    var channel: Snowflake?
}

/// An argument that the schema allows and that is wrong all the same.
struct ArgumentFault: Error, Hashable {
    let argument: String
    /// What is wrong, and what would be right.
    let message: String

    init(_ argument: String, _ message: String) {
        self.argument = argument
        self.message = message
    }
}
