import MCP

/// Tools of the scenarios on tasks.
enum TaskTools {
    static func all() throws(ToolDefinitionError) -> [FixtureTool] {
        [
            try FixtureTool(
                "greet", "Greets",
                schema: #"{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}"#
            ) { call, _ in
                .said("Hello, \(call.string("name"))!")
            },
            try FixtureTool(
                "slow_compute", "Computes slowly",
                schema:
                    #"{"type":"object","properties":{"seconds":{"type":"number","minimum":0,"maximum":600},"label":{"type":"string"}}}"#,
                tasks: .always(required: false)
            ) { call, _ in
                await pause(.seconds(call.arguments["seconds"]?.number?.double ?? 1))
                return .said("computed \(call.string("label"))")
            },
            try FixtureTool("failing_job", "Fails after a while", tasks: .always(required: true)) { _, _ in
                await pause(.milliseconds(200))
                return .failure("The job failed.")
            },
            try FixtureTool(
                "protocol_error_job", "Ends with an error of the protocol", tasks: .always(required: false)
            ) { _, _ throws(RequestFailure) in
                throw .rpc(.internalError)
            },
            try FixtureTool(
                "confirm_delete", "Deletes when told so",
                schema: #"{"type":"object","properties":{"filename":{"type":"string"}}}"#,
                tasks: .always(required: false)
            ) { call, context throws(RequestFailure) in
                let answer = try await context.ask(
                    "confirm", .form("Delete \(call.string("filename"))?", field: "confirm", type: "boolean"))
                return .said(answer.field("confirm")?.bool == true ? "deleted" : "kept")
            },
            try FixtureTool("multi_input", "Asks two questions", tasks: .always(required: false)) {
                _, context throws(RequestFailure) in
                let answers = try await context.ask([
                    Question("first", .form("Name?", field: "name", type: "string")),
                    Question("second", .form("Sure?", field: "confirm", type: "boolean")),
                ])
                return .said("\(answers.count) answers")
            },
            try FixtureTool("test_tool_with_task", "Asks, then becomes a task", tasks: .whenSaid(required: true)) {
                _, context throws(RequestFailure) in
                let answer = try await context.ask(RoundTools.name.key, RoundTools.name.request)
                try context.continueAsTask()
                await pause(.milliseconds(50))
                return .said("Hello, \(answer.field("name")?.string ?? "stranger")!")
            },
        ]
    }
}
