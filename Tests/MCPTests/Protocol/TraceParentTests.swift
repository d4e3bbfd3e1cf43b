import Testing

@testable import MCP

@Suite struct TraceParentTests {
    @Test func reads() throws {
        let parent = try #require(TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", state: "a=b"))
        #expect(parent.traceHigh == 0x0af7_6519_16cd_43dd)
        #expect(parent.traceLow == 0x8448_eb21_1c80_319c)
        #expect(parent.span == 0xb7ad_6b71_6920_3331)
        #expect(parent.sampled)
        #expect(parent.state == "a=b")
    }

    @Test(arguments: [
        "", "00", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c8031é-b7ad6b7169203331-01",
    ])
    func refuses(_ text: String) {
        #expect(TraceParent(text) == nil)
    }
}
