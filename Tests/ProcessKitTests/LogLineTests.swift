import Contracts
import Foundation
import Logging
import NIOConcurrencyHelpers
import Testing

@testable import ProcessKit

@Suite struct LogLineTests {
    private func line(_ format: LogFormat, _ message: Logger.Message, _ metadata: Logger.Metadata) -> String {
        let written = NIOLockedValueBox("")
        var logger = Logger(label: "gateway") { _ in
            ProcessLogHandler(label: "gateway", level: .info, format: format) { bytes in
                written.withLockedValue { $0 += String(decoding: bytes, as: UTF8.self) }
            }
        }
        logger[metadataKey: "shard"] = "0"
        logger.info(message, metadata: metadata)
        logger.debug("not shown")
        return written.withLockedValue { $0 }
    }

    @Test func jsonIsOneParsableLine() throws {
        let text = line(.json, "a \"b\"\n\u{1}é", ["list": ["x", "y"], "deep": ["k": "v"], "message": "hidden"])
        #expect(text.filter { $0 == "\n" }.count == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["message"] as? String == "a \"b\"\n\u{1}é")
        #expect(object["process"] as? String == "gateway")
        #expect(object["level"] as? String == "info")
        #expect(object["shard"] as? String == "0")
        #expect(object["list"] as? [String] == ["x", "y"])
        #expect((object["deep"] as? [String: String]) == ["k": "v"])
    }

    @Test func aValueCannotForgeAConsoleLine() {
        let text = line(.console, "hello", ["reason": "x\n2026-01-01T00:00:00.000Z ERROR forged"])
        #expect(text.filter { $0 == "\n" }.count == 1)
        #expect(text.contains(" INFO hello reason=x\\n2026"))
        #expect(text.contains("shard=0"))
    }

    @Test func timeIsRFC3339() {
        let line = LogLine(
            time: timespec(tv_sec: 1_700_000_000, tv_nsec: 7_000_000), level: .info, label: "l", message: "m",
            metadata: [:])
        #expect(String(decoding: line.bytes(.console), as: UTF8.self) == "2023-11-14T22:13:20.007Z INFO m\n")
    }
}
