import Testing

@testable import MCP
@testable import MCPConformance

/// `subscriptions/listen`, and how streams end.
@Suite(.timeLimit(.minutes(2))) struct ListenTests {
    private static let subscription = "io.modelcontextprotocol/subscriptionId"

    @Test(arguments: [("\"listen-1\"", JSONValue.string("listen-1")), ("17", .number(JSONNumber(17)))])
    func acknowledgesFirstAndTagsEverything(_ id: String, _ tag: JSONValue) async throws {
        try await Wire.with { wire in
            let filter =
                #"{"toolsListChanged":true,"promptsListChanged":false,"resourceSubscriptions":["test://watched-resource","test://static-text"]}"#
            try await wire.listen(filter, id: id) { stream in
                var stream = stream
                #expect(stream.status == 200)
                let ack = try #require(try await stream.next()?.json)
                #expect(ack["method"]?.string == "notifications/subscriptions/acknowledged")
                #expect(ack["params"]?["_meta"]?[Self.subscription] == tag)
                let honored = try #require(ack["params"]?["notifications"]?.object)
                #expect(honored.members.map(\.name) == ["toolsListChanged", "resourceSubscriptions"])
                #expect(honored["resourceSubscriptions"]?.array == [.string("test://watched-resource")])
                _ = try await wire.call("test_trigger_prompt_change")
                _ = try await wire.call("test_trigger_resource_update", #"{"uri":"test://static-text"}"#)
                _ = try await wire.call("test_trigger_resource_update", #"{"uri":"test://watched-resource"}"#)
                _ = try await wire.call("test_trigger_tool_change")
                let update = try #require(try await stream.next()?.json)
                #expect(update["method"]?.string == "notifications/resources/updated")
                #expect(update["params"]?["uri"]?.string == "test://watched-resource")
                let list = try #require(try await stream.next()?.json)
                #expect(list["method"]?.string == "notifications/tools/list_changed")
                for message in [update, list] { #expect(message["params"]?["_meta"]?[Self.subscription] == tag) }
            }
        }
    }

    @Test func endsWithItsResultWhenTheServerStops() async throws {
        try await Wire.with { wire in
            try await wire.listen(#"{"toolsListChanged":true}"#) { stream in
                var stream = stream
                _ = try await stream.next()
                wire.server.server.drain()
                let result = try #require(try await stream.next()?.json)
                #expect(result["id"]?.string == "listen-1")
                #expect(result["result"]?["resultType"]?.string == "complete")
                #expect(result["result"]?["_meta"]?[Self.subscription]?.string == "listen-1")
                #expect(try await stream.next() == nil)
            }
            let late = try await wire.modern("subscriptions/listen", #""notifications":{}"#)
            #expect(late.status == 503 && late.header("retry-after") != nil)
            #expect(try await wire.modern("tools/list").status == 200)
        }
    }

    @Test func streamsAreBounded() async throws {
        try await Wire.with({ $0.streams = StreamLimits(inAll: 3, perCaller: 1, resources: 2) }) { wire in
            try await wire.listen("{}") { stream in
                var stream = stream
                _ = try await stream.next()
                let second = try await wire.modern("subscriptions/listen", #""notifications":{}"#)
                #expect(second.status == 429)
                #expect(second.header("retry-after") != nil)
            }
            let many = try await wire.modern(
                "subscriptions/listen", #""notifications":{"resourceSubscriptions":["a","b","c"]}"#)
            #expect(many.code == -32602)
        }
    }

    /// An open stream is no request in work.
    @Test func streamsTakeNoPlaceAmongRequests() async throws {
        try await Wire.with(edge: EdgeConfiguration(maximumConcurrentRequests: 1)) { wire in
            try await wire.listen("{}") { stream in
                var stream = stream
                _ = try await stream.next()
                #expect(try await wire.modern("tools/list").status == 200)
            }
        }
    }

    @Test(arguments: [
        "", #""notifications":5"#, #""notifications":{"toolsListChanged":"yes"}"#,
        #""notifications":{"resourceSubscriptions":[5]}"#, #""notifications":{"taskIds":"x"}"#,
    ])
    func malformedFilters(_ params: String) async throws {
        try await Wire.with { wire in
            let answer = try await wire.modern("subscriptions/listen", params)
            #expect(answer.status == 400)
            #expect(answer.code == -32602)
        }
    }

    @Test func silentStreamsGetSignsOfLife() async throws {
        try await Wire.with({ $0.keepAlive = .milliseconds(30) }) { wire in
            // A result that takes long becomes a stream too.
            let answer = try await wire.open(
                Wire.body("tools/call", #""name":"test_wait","arguments":{"seconds":2}"#),
                headers: Wire.headers("tools/call", name: "test_wait")
            ) { stream in
                var stream = stream
                let event = try await stream.next()
                #expect(stream.comments > 0)
                return event
            }
            #expect(answer?.json?["result"]?["content"]?.array?.first?["text"]?.string == "waited")
        }
    }

    /// A client that does not read is not told less: its stream ends.
    @Test func slowReadersLoseTheirStream() async throws {
        try await Wire.with(sinks: SinkLimits(pieces: 16)) { wire in
            try await RawConnection.with(port: try #require(wire.listener.port)) { stream in
                let body = Wire.body("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
                let head = Wire.headers("subscriptions/listen").map { "\($0.0): \($0.1)\r\n" }.joined()
                try await stream.send(
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\n\(head)content-length: \(body.utf8.count)\r\n\r\n\(body)")
                let hub = wire.server.server.hub
                while hub.all().isEmpty { await Task.yield() }
                while !hub.all().isEmpty {
                    for _ in 0..<1000 { wire.server.server.publish(.toolList) }
                    await Task.yield()
                }
                // What was on its way still comes, then the end.
                _ = try? await stream.rest()
            }
            #expect(try await wire.modern("tools/list").status == 200)
        }
    }

    @Test func aCallersStreamsEndWithItsKey() async throws {
        try await Wire.with { wire in
            try await wire.listen(#"{"toolsListChanged":true}"#) { stream in
                var stream = stream
                _ = try await stream.next()
                wire.server.server.endStreams(ofCaller: "anybody")
                await #expect(throws: (any Error).self) {
                    while try await stream.next() != nil {}
                }
            }
        }
    }
}
