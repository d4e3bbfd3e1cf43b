import TestSupport
import Testing

@testable import JSONCore

@Suite struct JSONPropertyTests {
    private static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13, 21, UInt64.random(in: 100 ... .max)]

    @Test(arguments: seeds)
    func readingWhatWasWrittenGivesTheSame(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = Self.value(depth: 0, &random)
            let read = try JSONReader.read(value.encoded())
            #expect(read == value, "seed \(seed)")
            #expect(read.encoded() == value.encoded(), "seed \(seed)")
        }
    }

    @Test(arguments: seeds)
    func damagedTextNeverCrashes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var text = Self.value(depth: 0, &random).encoded()
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text[index] = UInt8.random(in: .min ... .max, using: &random)
                case 1: text.insert(Array("{}[],:\"\\".utf8).randomElement(using: &random)!, at: index)
                default: if text.count > 1 { text.remove(at: index) }
                }
            }
            guard let value = try? JSONReader.read(text) else { continue }
            #expect((try? JSONReader.read(value.encoded())) == value, "seed \(seed)")
        }
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 5 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .number(JSONNumber(Int64.random(in: .min ... .max, using: &random)))
        case 3: .number(JSONNumber(validated: "\(Double.random(in: -1e30...1e30, using: &random))"))
        case 4: .string(string(&random))
        case 5: .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth: depth + 1, &random) })
        default: object(depth: depth, &random)
        }
    }

    private static func object(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<25, using: &random) {
            object[string(&random)] = depth > 1 ? .null : value(depth: depth + 1, &random)
        }
        return .object(object)
    }

    private static func string(_ random: inout SeededGenerator) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x110000
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
