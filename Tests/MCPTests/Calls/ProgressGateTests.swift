import TestSupport
import Testing

@testable import MCP

@Suite struct ProgressGateTests {
    /// Whatever a tool reports, in whatever rhythm: what goes out rises, is bounded in time, and ends at the total.
    @Test(arguments: [UInt64](0..<50))
    func whatGoesOutRises(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var gate = ProgressGate()
        var now = ContinuousClock.now
        let began = now
        var sent: [Double] = []
        for _ in 0..<500 {
            now += .milliseconds(Int.random(in: 0...20, using: &random))
            let value = Double(Int.random(in: -5...300, using: &random))
            let isSent = gate.admits(Progress(value: value, total: 250, message: nil), at: now)
            if isSent { sent.append(value) }
        }
        #expect(zip(sent, sent.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
        #expect(sent.dropLast().allSatisfy { $0 < 250 }, "seed \(seed)")
        let seconds = (now - began) / .seconds(1)
        #expect(Double(sent.count) <= 11 + 20 * seconds, "seed \(seed)")
    }

    @Test func theLastOneAlwaysGoesOut() {
        var gate = ProgressGate()
        let now = ContinuousClock.now
        let sent = (1...100).filter { gate.admits(Progress(value: Double($0), total: 100, message: nil), at: now) }
        #expect(sent == Array(1...10) + [100])
        for value in [Double.nan, .infinity, 101] {
            let isSent = gate.admits(Progress(value: value, total: 100, message: nil), at: now)
            #expect(!isSent)
        }
    }
}
