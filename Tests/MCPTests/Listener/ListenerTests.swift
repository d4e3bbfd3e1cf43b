import Testing

@testable import MCP

#if canImport(Glibc)
    import Glibc
#endif

@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
    private static let slow = ListenedServer.request(
        TestServer.modernBody("tools/call", #""name":"slow""#),
        method: "tools/call",
        name: "slow"
    )

    @Test func servesOverOneConnection() async throws {
        try await ListenedServer.with { _, port in
            try await RawConnection.with(port: port) { stream in
                for _ in 0..<3 {
                    try await stream.send(ListenedServer.request())
                    let response = try #require(try await stream.response())
                    #expect(response.hasPrefix("HTTP/1.1 200 OK\r\n"))
                    #expect(response.contains("\r\nDate: ") || response.contains("\r\ndate: "))
                    #expect(response.hasSuffix("}"))
                }
            }
        }
    }

    @Test func wrongHostIsMisdirected() async throws {
        try await ListenedServer.with { _, port in
            for host in ["evil.test", "localhost.evil.test"] {
                try await RawConnection.with(port: port) { stream in
                    try await stream.send(ListenedServer.request().replacing("Host: localhost", with: "Host: \(host)"))
                    let response = try #require(try await stream.response())
                    #expect(response.hasPrefix("HTTP/1.1 421 "))
                }
            }
        }
    }

    @Test func garbageIsABadRequest() async throws {
        try await ListenedServer.with { _, port in
            try await RawConnection.with(port: port) { stream in
                try await stream.send("this is not HTTP\r\n\r\n")
                #expect(try await stream.rest().hasPrefix("HTTP/1.1 400 "))
            }
        }
    }

    @Test func hugeHeadersAreRefused() async throws {
        try await ListenedServer.with { _, port in
            try await RawConnection.with(port: port) { stream in
                try await stream.send(
                    "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: \(String(repeating: "a", count: 40_000))\r\n\r\n")
                #expect(try await stream.rest().hasPrefix("HTTP/1.1 4"))
            }
        }
    }

    @Test func claimedHugeBodyIsRefusedUnread() async throws {
        try await ListenedServer.with { _, port in
            try await RawConnection.with(port: port) { stream in
                let request = ListenedServer.request("").replacing(
                    "Content-Length: 0", with: "Content-Length: 999999999")
                try await stream.send(request)
                #expect(try await stream.response()?.hasPrefix("HTTP/1.1 413 ") == true)
            }
        }
    }

    @Test func slowClientsAreCutOff() async throws {
        let limits = ConnectionLimits(
            firstHead: .milliseconds(100),
            idle: .milliseconds(100),
            body: .milliseconds(100),
            drainIdle: .milliseconds(50)
        )
        try await ListenedServer.with(limits: limits) { _, port in
            for beginning in ["", "POST /mcp HTTP/1.1\r\nHost: loc", String(ListenedServer.request().dropLast(5))] {
                try await RawConnection.with(port: port) { stream in
                    if !beginning.isEmpty { try await stream.send(beginning) }
                    // On a busy machine the bytes may be unread when the time is over: then the connection is reset.
                    let rest = try? await stream.rest()
                    #expect(rest?.contains(" 200 ") != true)
                }
            }
        }
    }

    /// Answers that nobody fetches hold no connection for ever.
    @Test func aClientThatDoesNotReadIsCutOff() async throws {
        let limits = ConnectionLimits(stall: .milliseconds(100), drainIdle: .milliseconds(50))
        try await ListenedServer.with(limits: limits) { _, port in
            // More answers than the kernel keeps for a client that reads none; it notices the end by not being able to
            // send.
            let client = try BlockingConnection(port: port, receives: 4096)
            let body = TestServer.modernBody("server/discover", id: "\"\(String(repeating: "x", count: 60_000))\"")
            let requests = Array(String(repeating: ListenedServer.request(body), count: 20).utf8)
            await #expect(throws: (any Error).self) {
                while true { try await client.send(requests[...]) }
            }
        }
    }

    @Test func aClientThatLeavesCancelsItsRequest() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let (cancelled, cancellation) = AsyncStream.makeStream(of: Void.self)
        let tools = FakeTools(slowBegan: { beginning.yield() }, slowCancelled: { cancellation.yield() })
        try await ListenedServer.with(tools: tools) { _, port in
            try await RawConnection.with(port: port) { stream in
                try await stream.send(Self.slow)
                for await _ in began { break }
            }
            for await _ in cancelled { break }
        }
    }

    @Test func drainingFinishesRequestsAndClosesConnections() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let tools = FakeTools(slowBegan: { beginning.yield() })
        try await ListenedServer.with(
            limits: ConnectionLimits(drainIdle: .seconds(30), drain: .milliseconds(300)), tools: tools
        ) {
            listener, port in
            try await RawConnection.with(port: port) { active in
                try await active.send(ListenedServer.request())
                #expect(try await active.response()?.lowercased().contains("connection: close") == false)
                try await RawConnection.with(port: port) { stuck in
                    try await stuck.send(Self.slow)
                    for await _ in began { break }
                    listener.drain()
                    // The request that was on its way is served, and told that it was the last.
                    try await active.send(ListenedServer.request())
                    let last = try #require(try await active.response())
                    #expect(last.hasPrefix("HTTP/1.1 200 OK\r\n"))
                    #expect(last.lowercased().contains("connection: close"))
                    #expect(try await active.rest().isEmpty)
                    // One that never ends is cut off.
                    #expect(try await stuck.rest().isEmpty)
                }
            }
        }
    }

    @Test func processesShareASocketAndReplaceEachOtherWithoutAFailure() async throws {
        let (descriptor, port) = try Self.listeningSocket()
        defer { close(descriptor) }
        for round in 0..<3 {
            try await ListenedServer.with(.inherited(descriptor: dup(descriptor))) { first, firstPort in
                #expect(firstPort == port)
                try await ListenedServer.with(.inherited(descriptor: dup(descriptor))) { _, _ in
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        for client in 0..<4 {
                            group.addTask {
                                var served = 0
                                for number in 0..<25 {
                                    if round > 0, client == 0, number == 10 { first.drain() }
                                    try await RawConnection.with(port: port) { stream in
                                        try await stream.send(ListenedServer.request())
                                        #expect(try await stream.response()?.hasPrefix("HTTP/1.1 200 ") == true)
                                    }
                                    served += 1
                                }
                                return served
                            }
                        }
                        let served = try await group.reduce(0, +)
                        #expect(served == 100)
                    }
                }
            }
        }
    }

    @Test func connectionsAreBounded() async throws {
        try await ListenedServer.with(maximumConnections: 1) { _, port in
            try await RawConnection.with(port: port) { first in
                try await first.send(ListenedServer.request())
                #expect(try await first.response() != nil)
            }
            // The place is free again.
            try await RawConnection.with(port: port) { second in
                try await second.send(ListenedServer.request())
                #expect(try await second.response() != nil)
            }
        }
    }

    @Test func aTakenAddressIsAnError() async throws {
        let (descriptor, port) = try Self.listeningSocket()
        defer { close(descriptor) }
        await #expect(throws: (any Error).self) {
            try await ListenedServer.with(.address(host: "127.0.0.1", port: port)) { _, _ in }
        }
    }

    /// A socket as a parent process would hand it down.
    private static func listeningSocket() throws -> (descriptor: CInt, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        try #require(descriptor >= 0 && bound)
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}
