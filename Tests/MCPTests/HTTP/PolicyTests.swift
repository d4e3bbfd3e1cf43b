import Testing

@testable import MCP

@Suite struct PolicyTests {
    @Test(arguments: [
        ("localhost", true), ("localhost:8000", true), ("LOCALHOST:1", true), ("127.0.0.1:8000", true),
        ("[::1]:8000", true),
        ("[::1]", true), ("mcp.example.test", true), ("mcp.example.test:443", true), ("other.example.test:8443", true),
        ("other.example.test", false), ("other.example.test:1", false), ("evil.test", false),
        ("localhost.evil.test", false),
        ("127.0.0.1.evil.test", false), ("[::1].evil.test", false), ("", false), (nil, false), ("::1", false),
    ])
    func hosts(_ authority: String?, _ isAllowed: Bool) {
        #expect(HostPolicy(allowed: ["MCP.example.test", "other.example.test:8443"]).allows(authority) == isAllowed)
    }

    @Test(arguments: [
        ("http://localhost", true), ("http://localhost:3000", true), ("https://127.0.0.1:1", true),
        ("http://[::1]:3", true),
        ("https://app.example.test", true), ("HTTPS://APP.example.test", true), ("http://app.example.test", false),
        ("https://app.example.test:444", false), ("null", false), ("", false), ("http://localhost.evil.test", false),
        ("http://evil.test", false), ("file://localhost", false),
    ])
    func origins(_ origin: String, _ isAllowed: Bool) {
        #expect(OriginPolicy(allowed: ["https://app.example.test"]).allows(origin) == isAllowed)
        #expect(OriginPolicy(allowed: ["*"]).allows(origin))
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_795_391_999, "Sun, 22 Nov 2026 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func dates(_ second: Int, _ text: String) {
        #expect(HTTPDate().text(at: second) == text)
    }
}
