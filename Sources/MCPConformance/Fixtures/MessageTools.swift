import HTTPTypes
import MCP

/// Tools that say something before their result, or change what the server offers.
enum MessageTools {
    static func all(_ changes: ChangeRelay) throws(ToolDefinitionError) -> [FixtureTool] {
        [
            try logging("test_tool_with_logging"),
            try logging("test_logging_tool"),
            try FixtureTool("test_tool_with_progress", "Reports progress") { _, context in
                for value in [0.0, 50, 100] {
                    context.progress(value, of: 100, "Completed step \(Int(value)) of 100")
                    await pause(.milliseconds(20))
                }
                return .said(context.progressToken.map { String(decoding: $0.encoded(), as: UTF8.self) } ?? "none")
            },
            try FixtureTool("test_reconnection", "Lets its client go in the middle") { _, context in
                context.releaseClient()
                await pause(.milliseconds(100))
                return .said("Reconnection test completed successfully.")
            },
            try FixtureTool("test_trigger_tool_change", "Announces another list of tools") { _, _ in
                changes.publish(.toolList)
                return .said("announced")
            },
            try FixtureTool("test_trigger_prompt_change", "Announces another list of prompts") { _, _ in
                changes.publish(.promptList)
                return .said("announced")
            },
            try FixtureTool(
                "test_trigger_resource_update", "Announces a change of a resource",
                schema: #"{"type":"object","properties":{"uri":{"type":"string"}},"required":["uri"]}"#
            ) { call, _ in
                changes.publish(.resource(uri: call.string("uri")))
                return .said("announced")
            },
            try FixtureTool(
                "test_wait", "Waits until it is cancelled, at most so many seconds",
                schema: #"{"type":"object","properties":{"seconds":{"type":"number","maximum":60}}}"#
            ) { call, context in
                context.progress(1, of: 2)
                await pause(.seconds(call.arguments["seconds"]?.number?.double ?? 10))
                return .said(Task.isCancelled ? "cancelled" : "waited")
            },
        ]
    }

    private static func logging(_ name: String) throws(ToolDefinitionError) -> FixtureTool {
        try FixtureTool(name, "Sends log messages") { _, context in
            for message in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
                await context.log(.info, .string(message), logger: "conformance")
                await pause(.milliseconds(20))
            }
            return .said("Tool with logging executed successfully")
        }
    }
}

/// Waits, or less when the task is cancelled.
func pause(_ duration: Duration) async {
    try? await Task.sleep(for: duration)
}
