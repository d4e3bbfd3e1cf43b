import Testing

@testable import Supervisor

@Suite struct BridgedMessageTests {
    private func message(_ text: String) -> BridgedMessage? {
        BridgedMessage(Array(text.utf8))
    }

    @Test func modernMessagesAreMirrored() throws {
        let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#
        let call = try #require(
            message(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"send_message",\#(meta)}}"#))
        #expect(call.claimedVersion == "2026-07-28")
        #expect(call.mirroredName == "send_message")
        let read = try #require(
            message(
                #"{"jsonrpc":"2.0","id":"x","method":"resources/read","params":{"uri":"discord://status",\#(meta)}}"#))
        #expect(read.mirroredName == "discord://status")
        let list = try #require(
            message(#"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"name":"no",\#(meta)}}"#))
        #expect(list.mirroredName == nil)
    }

    @Test func legacyMessagesClaimNothing() throws {
        let list = try #require(message(#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#))
        #expect(list.claimedVersion == nil)
        #expect(message("garbage") == nil)
        #expect(message("[]") == nil)
    }

    @Test func headerValuesThatAreNotPlainAreEncoded() {
        #expect(BridgedMessage.headerValue("send_message") == "send_message")
        #expect(BridgedMessage.headerValue("general ü") == "=?base64?Z2VuZXJhbCDDvA==?=")
        #expect(BridgedMessage.headerValue(" edge") == "=?base64?IGVkZ2U=?=")
        #expect(BridgedMessage.headerValue("a\r\nX: b").hasPrefix("=?base64?"))
        #expect(BridgedMessage.headerValue("=?base64?x?=").hasPrefix("=?base64?PT9"))
    }

    @Test func failuresKeepTheIdentifiersType() {
        #expect(
            BridgedMessage.failure(.number(7), "a \"b\"")
                == #"{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"a \"b\""}}"#)
        #expect(BridgedMessage.failure(.text("7"), "x").contains(#""id":"7""#))
    }
}
