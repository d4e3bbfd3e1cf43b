import Contracts
import Foundation
import TestSupport
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct LogTests {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func splitsTheSameHoweverTheBytesArrive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in
            Int.random(in: 0..<8, using: &random) == 0 ? UInt8(ascii: "\n") : UInt8(ascii: "x")
        }
        let expected = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        var splitter = LineSplitter()
        var lines: [[UInt8]] = []
        var rest = text[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...20, using: &random)
            lines += splitter.add(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        lines.append(splitter.finish() ?? [])
        #expect(lines == (expected.isEmpty ? [[]] : expected), "seed \(seed)")
    }

    @Test func endlessLinesComeInPieces() {
        var splitter = LineSplitter(limit: 10)
        let lines = splitter.add(Array(repeating: UInt8(ascii: "x"), count: 25)[...])
        #expect(lines.map(\.count) == [10, 10])
        #expect(splitter.finish()?.count == 5)
        #expect(splitter.finish() == nil)
    }

    /// The child must get ready though it shouts and nobody reads.
    @Test func aStalledReaderNeverStopsTheChild() async throws {
        let lines = try Lines(capacity: 10_000)
        let body = """
            print "line $_ ", "x" x 100, "\n" for 1..20000;
            notify("READY=1");
            sleep 1000;
            """
        _ = try await withTree([Script.perl(ChildID(.gateway), body)], lines: lines) { tree, _ in
            #expect(await tree.waitUntilReady())
            await tree.wait { lines.sink.dropped > 0 }
            let report = await lines.next(containing: "log lines dropped")
            #expect(report.hasPrefix("supervisor"))
        }
    }

    @Test func jsonPassesAndTextIsWrapped() async throws {
        let pipe = try Supervision.Pipe()
        defer { close(pipe.reading) }
        let sink = LogSink(descriptor: pipe.writing, format: .json)
        sink.write(Array(#"{"level":"info","message":"own"}"#.utf8), from: ChildID(.gateway))
        sink.write(Array("plain \"text\"".utf8), from: ChildID(.redis))
        sink.close()
        close(pipe.writing)
        let text = FileHandle(fileDescriptor: pipe.reading).readDataToEndOfFile()
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == #"{"level":"info","message":"own"}"#)
        let wrapped = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: String]
        #expect(wrapped == ["level": "info", "process": "redis", "message": "plain \"text\""])
    }
}
