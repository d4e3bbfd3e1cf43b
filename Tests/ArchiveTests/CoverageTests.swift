import Contracts
import TestSupport
import Testing

@testable import Archive

/// The model: a plain set of known ids of a small universe, in which `present` stands for everything above it.
private let universe: UInt64 = 60

private func known(_ coverage: Coverage) -> Set<UInt64> {
    Set((0...universe).filter { coverage.range(holding: $0) != nil })
}

@Suite struct CoverageTests {
    @Test(arguments: 0..<50)
    func insertingKeepsExactlyTheUnion(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var coverage = Coverage()
        var model: Set<UInt64> = []
        for _ in 0..<30 {
            let low = UInt64.random(in: 0...universe, using: &random)
            let high = min(universe, low + UInt64.random(in: 0...8, using: &random))
            coverage.insert(low...high)
            model.formUnion(low...high)
            #expect(known(coverage) == model, "seed \(seed)")
            for (left, right) in zip(coverage.ranges, coverage.ranges.dropFirst()) {
                #expect(left.upperBound + 1 < right.lowerBound, "seed \(seed): touching ranges are one")
            }
        }
    }

    /// Writes messages, loses the session, reads pages: whatever is called complete must be what the channel holds.
    @Test(arguments: 0..<200)
    func aCompletePageIsNeverWrong(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var channel: [UInt64] = []
        var archive: Set<UInt64> = []
        var coverage = Coverage()
        var isLive = false
        var next: UInt64 = 1
        for _ in 0..<120 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                next += UInt64.random(in: 1...3, using: &random)
                channel.append(next)
                if isLive { archive.insert(next) }
            case 4:
                if isLive {
                    coverage.close(newest: archive.max())
                } else {
                    coverage.insert((channel.last.map { $0 + 1 } ?? 0)...Coverage.present)
                }
                isLive.toggle()
            case 5, 6:
                // Discord takes one bound at a time.
                var page = randomPage(upTo: next, using: &random)
                if page.before != nil { page.after = nil }
                if let before = page.before, before.rawValue > next { page.before = nil }
                let answer = reference(channel, page)
                archive.formUnion(answer)
                if let range = Coverage.learned(ids: answer, page: page, openFrom: coverage.openFrom) {
                    coverage.insert(range)
                }
            default:
                let page = randomPage(upTo: next, using: &random)
                guard let span = coverage.span(of: page, start: 0) else { continue }
                let inSpan = archive.filter { span.ids?.contains($0) ?? false }.sorted()
                let found = Array(page.isAscending ? inSpan.prefix(page.limit) : inSpan.suffix(page.limit))
                guard found.count == page.limit || span.reachesEnd else { continue }
                #expect(found == reference(channel, page), "seed \(seed), \(page), \(coverage)")
            }
        }
    }

    private func randomPage(upTo last: UInt64, using random: inout SeededGenerator) -> MessagePage {
        let id = Snowflake(UInt64.random(in: 0...last, using: &random))
        let limit = Int.random(in: 1...6, using: &random)
        return switch Int.random(in: 0..<4, using: &random) {
        case 0: MessagePage(before: id, limit: limit)
        case 1: MessagePage(after: id, limit: limit)
        case 2: MessagePage(before: Snowflake(id.rawValue + 9), after: id, limit: limit)
        default: MessagePage(limit: limit)
        }
    }

    /// Discord's rule, in ascending order.
    private func reference(_ channel: [UInt64], _ page: MessagePage) -> [UInt64] {
        let matching = channel.filter {
            $0 < page.before?.rawValue ?? .max && $0 > page.after?.rawValue ?? 0
        }
        return Array(page.isAscending ? matching.prefix(page.limit) : matching.suffix(page.limit))
    }
}
