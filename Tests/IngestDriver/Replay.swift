import Archive
import Contracts
import Discord
import Foundation
import Ingestion
import JSONCore
import Logging

/// Plays the payloads of a generated stream through everything between the WebSocket and the store: the envelope,
/// the state machine with its sequences, the translation; and with an archive its transactions too.
struct Replay {
    let directory: String
    let archive: String?
    let rounds: Int

    func run() async throws {
        let payloads = try ["ready.json", "guild_create.jsonl", "events.jsonl"].flatMap { name in
            try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
                .split(separator: UInt8(ascii: "\n")).map { [UInt8]($0) }
        }
        for _ in 0..<rounds { try await round(payloads) }
    }

    private func round(_ payloads: [[UInt8]]) async throws {
        let store: any IngestionStore
        if let archive {
            try? FileManager.default.removeItem(atPath: archive)
            store = try Archive(directory: archive)
        } else {
            store = CountingStore()
        }
        let ingestion = Ingestion(
            store: store, shard: 0, botID: nil, now: { 1_800_000_000_000 }, logger: Logger(label: "replay")
        ) { _ in }
        var connection = GatewayReplay()
        let begun = CPUTime.now
        var batch: [GatewayDispatch] = []
        for payload in payloads {
            if let dispatch = connection.receive(payload) { batch.append(dispatch) }
            if batch.count >= 512 {
                try await ingestion.apply(batch)
                batch = []
            }
        }
        try await ingestion.apply(batch)
        let seconds = CPUTime.now - begun
        if let store = store as? Archive { try store.close() }
        let progress = ingestion.progress
        var writer = JSONWriter()
        writer.object {
            $0.member("events", payloads.count)
            $0.member("sequence", progress.sequence)
            $0.member("malformed", progress.malformed)
            $0.member("mutations", (store as? CountingStore)?.mutations ?? 0)
            $0.name("cpu_seconds")
            $0.raw("\(seconds)".utf8)
        }
        print(String(decoding: writer.bytes, as: UTF8.self))
    }
}

/// Where nothing is kept.
// Unchecked: one batch at a time is applied, and it is read after the last.
private final class CountingStore: IngestionStore, @unchecked Sendable {
    private(set) var mutations = 0

    func apply(
        _ mutations: [ArchiveMutation],
        session: ShardSession,
        sight: @escaping Archive.ChannelSight
    ) async throws {
        self.mutations += mutations.count
    }
}

/// CPU seconds of this process, all threads, user and system.
enum CPUTime {
    static var now: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
