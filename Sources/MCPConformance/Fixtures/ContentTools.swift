import MCP

/// Tools that return content of every kind.
enum ContentTools {
    static func all() throws(ToolDefinitionError) -> [FixtureTool] {
        [
            try FixtureTool("test_simple_text", "Returns a text") { _, _ in
                .said("This is a simple text response for testing.")
            },
            try FixtureTool("test_image_content", "Returns an image") { _, _ in
                ToolResult([.image(base64: Media.png, mimeType: "image/png")])
            },
            try FixtureTool("test_audio_content", "Returns a sound") { _, _ in
                ToolResult([.audio(base64: Media.wav, mimeType: "audio/wav")])
            },
            try FixtureTool("test_embedded_resource", "Returns a resource with its content") { _, _ in
                ToolResult([
                    .resource(
                        ResourceContents(
                            uri: "test://embedded-resource", mimeType: "text/plain",
                            .text("This is an embedded resource content.")))
                ])
            },
            try FixtureTool("test_multiple_content_types", "Returns text, image and resource") { _, _ in
                ToolResult([
                    .text("Multiple content types test:"), .image(base64: Media.png, mimeType: "image/png"),
                    .resource(
                        ResourceContents(
                            uri: "test://mixed-content-resource", mimeType: "application/json",
                            .text(#"{"test":"data","value":123}"#))),
                ])
            },
            try FixtureTool("test_error_handling", "Fails") { _, _ in
                .failure("This tool intentionally returns an error for testing")
            },
            try FixtureTool("test_resource_link", "Returns a link to a resource") { _, _ in
                ToolResult([
                    .link(
                        ResourceDefinition(
                            uri: "test://static-text", name: "static-text", mimeType: "text/plain"))
                ])
            },
        ]
    }
}
