import Archive
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventEpochTests {
    @Test func epochsGrowThroughRestartsAndWhateverTheClockDoes() async throws {
        try await withTemporaryDirectory { directory in
            var epochs: [UInt64] = []
            for now: Int64 in [1_000, 5_000, 5_000, 2_000, 0, 6_000] {
                let archive = try Archive(directory: directory)
                epochs.append(try await archive.nextEventEpoch(now: now))
                try archive.close()
            }
            #expect(epochs == [1_000_000, 5_000_000, 5_000_001, 5_000_002, 5_000_003, 6_000_000])
        }
    }
}
