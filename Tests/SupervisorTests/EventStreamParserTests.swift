import TestSupport
import Testing

@testable import Supervisor

@Suite struct EventStreamParserTests {
    private func events(_ text: String, pieces: [Int] = []) -> [String] {
        var parser = EventStreamParser()
        var rest = Array(text.utf8)[...]
        var events: [[UInt8]] = []
        for piece in pieces + [Int.max] {
            events += parser.add(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        return events.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func givesTheDataOfEachEvent() {
        #expect(events("event: message\ndata: {\"a\":1}\n\n: ping\n\ndata:two\nid: 7\n\n") == ["{\"a\":1}", "two"])
        #expect(events("data: one\ndata: line\n\n") == ["one\nline"])
        #expect(events("data: \n\n") == [""])
    }

    @Test func anUnfinishedEventIsNoEvent() {
        #expect(events("data: cut off") == [])
        #expect(events("data: cut off\n") == [])
        #expect(events("retry: 100\n\n") == [])
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func piecesAndLineEndsMakeNoDifference(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let wanted = (0..<5).map { number in
            "{\"n\":\(number),\"text\":\"é\(String(repeating: "x", count: number * 7))\"}"
        }
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        let text = wanted.map { "event: message\(end)data: \($0)\(end)\(end)" }.joined()
        let pieces = (0..<200).map { _ in Int.random(in: 0...9, using: &random) }
        #expect(events(text, pieces: pieces) == wanted, "seed \(seed)")
    }
}
