import Contracts
import Foundation
import Testing

@testable import FrontDoor

@Suite struct CommandIdentityTests {
    private func command(_ content: String, idempotencyKey: String = "", keyID: String = "k") -> WireCommand {
        var command = WireCommand()
        command.tool = "send_message"
        command.principal.keyID = keyID
        command.idempotencyKey = idempotencyKey
        command.sendMessage.channelID = 1
        command.sendMessage.content = content
        return command
    }

    @Test func theDigestIsOfToolAndArgumentsAlone() {
        #expect(command("a").digest == command("a", idempotencyKey: "x", keyID: "other").digest)
        #expect(command("a").digest != command("b").digest)
        #expect(command("a").digest.count == 32)
    }

    @Test func anIdempotencyKeyNamesOneCommandOfOneCaller() {
        let now: @Sendable () -> Int64 = { 1_780_000_000_000 }
        let first = command("a", idempotencyKey: "once").id(now: now)
        #expect(first == command("b", idempotencyKey: "once").id(now: now))
        #expect(first != command("a", idempotencyKey: "twice").id(now: now))
        #expect(first != command("a", idempotencyKey: "once", keyID: "other").id(now: now))
        #expect(command("a").id(now: now) != command("a").id(now: now))
    }
}
