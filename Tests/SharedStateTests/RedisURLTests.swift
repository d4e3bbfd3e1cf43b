import Testing

@testable import SharedState

@Suite struct RedisURLTests {
    @Test func unixSocket() throws {
        let url = try RedisURL("unix:///run/my%20redis.sock?user=front&password=p%40ss%3Dw&db=3")
        #expect(url.endpoint == .unixSocket(path: "/run/my redis.sock"))
        #expect(url.user == "front")
        #expect(url.password == "p@ss=w")
        #expect(url.database == 3)
    }

    @Test func tcp() throws {
        #expect(try RedisURL("redis://cache") == RedisURL(endpoint: .tcp(host: "cache", port: 6379, tls: false)))
        let full = try RedisURL("rediss://me:s%3Acret@[::1]:6380/2")
        #expect(full.endpoint == .tcp(host: "::1", port: 6380, tls: true))
        #expect(full.user == "me")
        #expect(full.password == "s:cret")
        #expect(full.database == 2)
        #expect(try RedisURL("redis://:only@cache:1/").password == "only")
        #expect(try RedisURL("redis://:only@cache:1/").user == nil)
    }

    @Test(arguments: [
        "", "cache:6379", "http://cache", "unix://relative.sock", "unix:///a?nonsense=1", "unix:///a?db=x", "redis://",
        "redis://cache:0", "redis://cache:x", "redis://name@cache", "redis://:%zz@cache", "redis://cache/-1",
    ])
    func malformed(_ text: String) {
        #expect(throws: RedisURL.Malformed.self) { try RedisURL(text) }
    }

    @Test func noSecretInWords() throws {
        let url = try RedisURL("redis://me:hunter2@cache:1")
        #expect(!"\(url)".contains("hunter2"))
        #expect(!"\(url)".contains("me"))
        let error = #expect(throws: RedisURL.Malformed.self) { try RedisURL("redis://me:hunter2@cache:port") }
        #expect(error.map { "\($0)".contains("hunter2") } == false)
    }
}
