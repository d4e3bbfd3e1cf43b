import Contracts
public import MCP

/// All tools, in the order in which lists show them.
public struct ToolCatalogue: Sendable {
    struct Entry: Sendable {
        let tool: any DiscordTool.Type
        let definition: ToolDefinition
    }

    let entries: [Entry]

    /// - Throws: a mistake in a tool's definition; seen at start.
    public init() throws(ToolDefinitionError) {
        let tools: [any DiscordTool.Type] = [
            GetChannelInfoTool.self, GetMessagesTool.self, SearchMessagesTool.self, SendMessageTool.self,
            ModerateContentTool.self,
        ]
        var entries: [Entry] = []
        for tool in tools {
            entries.append(Entry(tool: tool, definition: try tool.definition()))
        }
        self.entries = entries
    }

    func entry(named name: String) -> Entry? {
        entries.first { $0.tool.access.name == name }
    }
}
