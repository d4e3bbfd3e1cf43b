import Contracts
import TestSupport
import Testing

@Suite struct BusHeaderTests {
    static let golden =
        "444d4231" + "0100" + "01" + "01" + "0190000000007abc8123456789abcdef" + "00e40b5402000000"
        + "0af7651916cd43dd8448eb211c80319c" + "b7ad6b7169203331" + "4000000000000000"

    static let header = BusHeader(
        kind: .command,
        id: MessageID(high: 0x0190_0000_0000_7ABC, low: 0x8123_4567_89AB_CDEF),
        deadline: 10_000_000_000,
        trace: TraceContext(
            traceHigh: 0x0AF7_6519_16CD_43DD, traceLow: 0x8448_EB21_1C80_319C, span: 0xB7AD_6B71_6920_3331),
        flags: .resent,
        credit: 64
    )

    @Test func goldenBytes() throws {
        #expect(hex(Self.header.bytes) == Self.golden)
        #expect(try Self.header.bytes.withUnsafeBytes { try BusHeader(bytes: $0) } == Self.header)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func everyHeaderSurvivesTheWay(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let header = BusHeader(
                kind: try #require(BusHeader.Kind.allCases.randomElement(using: &random)),
                id: MessageID(high: random.next(), low: random.next()),
                deadline: Int64(bitPattern: random.next()),
                trace: TraceContext(traceHigh: random.next(), traceLow: random.next(), span: random.next()),
                flags: BusHeader.Flags(rawValue: UInt8.random(in: 0 ... .max, using: &random)),
                credit: random.next()
            )
            #expect(try header.bytes.withUnsafeBytes { try BusHeader(bytes: $0) } == header, "seed \(seed)")
        }
    }

    @Test func whatIsNoHeaderIsRefused() {
        func failure(_ change: (inout [UInt8]) -> Void) -> BusHeader.DecodingFailure? {
            var bytes = Self.header.bytes
            change(&bytes)
            do {
                let copy = bytes
                _ = try copy.withUnsafeBytes { try BusHeader(bytes: $0) }
                return nil
            } catch {
                return error as? BusHeader.DecodingFailure
            }
        }
        #expect(failure { $0.removeLast() } == .wrongSize(63))
        #expect(failure { $0[0] = 0 } == .wrongMagic)
        #expect(failure { $0[4] = 9 } == .unknownVersion(9))
        #expect(failure { $0[6] = 200 } == .unknownKind(200))
        #expect(failure { _ in } == nil)
    }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
}
