import MCP
import Testing

/// The required scenarios on tools, resources, prompts and completions, which are the same in both revisions.
@Suite(.timeLimit(.minutes(2))) struct OfferTests {
    enum Era: String, Sendable, CaseIterable {
        case modern = "2026-07-28"
        case legacy = "2025-11-25"
    }

    /// Sends one request in either era.
    private func with(
        _ era: Era, _ test: ((String, String, String?) async throws -> Wire.Answer) async throws -> Void
    ) async throws {
        try await Wire.with { wire in
            switch era {
            case .modern:
                try await test { method, params, name in try await wire.modern(method, params, name: name) }
            case .legacy:
                let session = try await wire.session()
                try await test { method, params, _ in try await session.request(method, "{\(params)}") }
            }
        }
    }

    @Test(arguments: Era.allCases) func tools(_ era: Era) async throws {
        try await with(era) { send in
            let result = try #require(try await send("tools/list", "", nil).result)
            let tools = try #require(result["tools"]?.array)
            #expect(tools.count > 30)
            for tool in tools {
                #expect(tool["description"]?.string?.isEmpty == false)
                #expect(tool["inputSchema"]?["type"]?.string == "object")
            }
            #expect(Set(tools.compactMap { $0["name"]?.string }).count == tools.count)
            let schema = try #require(tools.first { $0["name"]?.string == "json_schema_2020_12_tool" }?["inputSchema"])
            #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
            #expect(schema["$defs"]?["address"]?["$anchor"]?.string == "addressDef")
            #expect(schema["additionalProperties"] == .bool(false))
            for keyword in ["allOf", "if", "then", "else"] { #expect(schema[keyword] != nil) }
            #expect(schema["allOf"]?.array?.first?["anyOf"]?.array?.count == 2)
        }
    }

    @Test(arguments: Era.allCases) func content(_ era: Era) async throws {
        try await with(era) { send in
            func blocks(_ tool: String) async throws -> [JSONValue] {
                let answer = try await send("tools/call", #""name":"\#(tool)","arguments":{}"#, tool)
                #expect(answer.status == 200)
                return try #require(answer.result?["content"]?.array)
            }
            #expect(
                try await blocks("test_simple_text").first?["text"]?.string
                    == "This is a simple text response for testing.")
            let image = try #require(try await blocks("test_image_content").first)
            #expect(image["type"]?.string == "image" && image["mimeType"]?.string == "image/png")
            #expect(image["data"]?.string?.isEmpty == false)
            let audio = try #require(try await blocks("test_audio_content").first)
            #expect(audio["type"]?.string == "audio" && audio["mimeType"]?.string == "audio/wav")
            let embedded = try #require(try await blocks("test_embedded_resource").first)
            #expect(embedded["type"]?.string == "resource")
            #expect(embedded["resource"]?["uri"]?.string == "test://embedded-resource")
            #expect(
                try await blocks("test_multiple_content_types").map { $0["type"]?.string } == [
                    "text", "image", "resource",
                ])
            #expect(try await blocks("test_resource_link").first?["type"]?.string == "resource_link")
            let failed = try await send(
                "tools/call", #""name":"test_error_handling","arguments":{}"#, "test_error_handling")
            #expect(failed.result?["isError"] == .bool(true))
            #expect(failed.text == "This tool intentionally returns an error for testing")
        }
    }

    @Test(arguments: Era.allCases) func structuredOutput(_ era: Era) async throws {
        try await with(era) { send in
            let good = try await send("tools/call", #""name":"test_structured_output""#, "test_structured_output")
            #expect(good.result?["structuredContent"]?["count"]?.integer == 3)
            let broken = try await send(
                "tools/call", #""name":"test_structured_output","arguments":{"broken":true}"#, "test_structured_output")
            #expect(broken.code == -32603)
        }
    }

    @Test(arguments: Era.allCases) func resources(_ era: Era) async throws {
        try await with(era) { send in
            func read(_ uri: String) async throws -> Wire.Answer {
                try await send("resources/read", #""uri":"\#(uri)""#, uri)
            }
            let list = try #require(try await send("resources/list", "", nil).result?["resources"]?.array)
            #expect(list.allSatisfy { $0["uri"]?.string != nil && $0["name"]?.string != nil })
            let text = try #require(try await read("test://static-text").result?["contents"]?.array?.first)
            #expect(text["mimeType"]?.string == "text/plain" && text["text"]?.string?.isEmpty == false)
            let binary = try #require(try await read("test://static-binary").result?["contents"]?.array?.first)
            #expect(binary["mimeType"]?.string == "image/png" && binary["blob"]?.string?.isEmpty == false)
            let templates = try await send("resources/templates/list", "", nil)
            #expect(
                templates.result?["resourceTemplates"]?.array?.first?["uriTemplate"]?.string
                    == "test://template/{id}/data")
            let filled = try #require(try await read("test://template/123/data").result?["contents"]?.array?.first)
            #expect(filled["uri"]?.string == "test://template/123/data")
            #expect(filled["text"]?.string?.contains("123") == true)
            let missing = try await read("test://nonexistent")
            #expect(missing.code == (era == .modern ? -32602 : -32002))
            #expect(missing.error?["data"]?["uri"]?.string == "test://nonexistent")
            #expect(missing.result == nil)
        }
    }

    @Test(arguments: Era.allCases) func prompts(_ era: Era) async throws {
        try await with(era) { send in
            func get(_ name: String, _ arguments: String = "{}") async throws -> Wire.Answer {
                try await send("prompts/get", #""name":"\#(name)","arguments":\#(arguments)"#, name)
            }
            let list = try #require(try await send("prompts/list", "", nil).result?["prompts"]?.array)
            #expect(list.allSatisfy { $0["name"]?.string != nil && $0["description"]?.string != nil })
            let simple = try #require(try await get("test_simple_prompt").result?["messages"]?.array?.first)
            #expect(simple["role"]?.string == "user" && simple["content"]?["text"]?.string?.isEmpty == false)
            let filled = try await get("test_prompt_with_arguments", #"{"arg1":"one","arg2":"two"}"#)
            let text = filled.result?["messages"]?.array?.first?["content"]?["text"]?.string
            #expect(text?.contains("one") == true && text?.contains("two") == true)
            let embedded = try await get("test_prompt_with_embedded_resource", #"{"resourceUri":"test://x"}"#)
            #expect(
                embedded.result?["messages"]?.array?.first?["content"]?["resource"]?["uri"]?.string == "test://x")
            let image = try await get("test_prompt_with_image")
            #expect(image.result?["messages"]?.array?.first?["content"]?["type"]?.string == "image")
            for (name, arguments) in [
                ("nope", "{}"), ("test_prompt_with_arguments", "{}"), ("test_simple_prompt", #"{"x":"y"}"#),
                ("test_prompt_with_arguments", #"{"arg1":1,"arg2":"two"}"#), ("test_simple_prompt", "[]"),
            ] {
                #expect(try await get(name, arguments).code == -32602)
            }
        }
    }

    @Test(arguments: Era.allCases) func completions(_ era: Era) async throws {
        try await with(era) { send in
            func complete(_ ref: String, _ value: String, more: String = "") async throws -> Wire.Answer {
                try await send(
                    "completion/complete", #""ref":\#(ref),"argument":{"name":"arg1","value":"\#(value)"}\#(more)"#, nil
                )
            }
            let prompt = #"{"type":"ref/prompt","name":"test_prompt_with_arguments"}"#
            let found = try #require(try await complete(prompt, "par").result?["completion"])
            #expect(found["values"]?.array?.compactMap(\.string) == ["paris", "park", "party"])
            #expect(found["total"]?.integer == 3 && found["hasMore"] == .bool(false))
            let others = try await complete(prompt, "par", more: #","context":{"arguments":{"arg2":"park"}}"#)
            #expect(others.result?["completion"]?["values"]?.array?.count == 2)
            let many = try #require(
                try await complete(#"{"type":"ref/resource","uri":"test://template/{id}/data"}"#, "").result?[
                    "completion"])
            #expect(many["values"]?.array?.count == 100)
            #expect(many["total"]?.integer == 250 && many["hasMore"] == .bool(true))
            for ref in [#"{"type":"ref/prompt","name":"nope"}"#, #"{"type":"ref/tool"}"#, "5", "{}"] {
                #expect(try await complete(ref, "").code == -32602)
            }
        }
    }

    @Test(arguments: Era.allCases) func pages(_ era: Era) async throws {
        try await Wire.with({ $0.pageSize = 7 }) { wire in
            let session = era == .legacy ? try await wire.session() : nil
            func send(_ method: String, _ params: String) async throws -> Wire.Answer {
                if let session { return try await session.request(method, "{\(params)}") }
                return try await wire.modern(method, params)
            }
            var names: [String] = []
            var cursor: String?
            repeat {
                let result = try #require(
                    try await send("tools/list", cursor.map { #""cursor":"\#($0)""# } ?? "").result)
                let page = try #require(result["tools"]?.array)
                #expect((1...7).contains(page.count))
                names += page.compactMap { $0["name"]?.string }
                cursor = result["nextCursor"]?.string
                if let cursor {
                    // One list's cursor is none of another's, and none is changed.
                    #expect(try await send("prompts/list", #""cursor":"\#(cursor)""#).code == -32602)
                    #expect(try await send("tools/list", #""cursor":"\#(cursor)A""#).code == -32602)
                }
            } while cursor != nil
            #expect(Set(names).count == names.count && names.count > 30)
        }
    }
}
