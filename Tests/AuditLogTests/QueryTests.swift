import AuditLog
import Contracts
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct QueryTests {
    @Test func filtersAndTail() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            _ = try await journal.append(
                (1...30).map { entry($0, tool: $0.isMultiple(of: 5) ? "moderate_content" : "send_message") })
            try await journal.close()
            let reader = AuditLogReader(directory: fixture.directory)
            var filter = AuditFilter()
            filter.tool = "moderate_content"
            filter.keyID = "k1"
            var found: [UInt64] = []
            try reader.query(filter) {
                found.append($0.sequence)
                return true
            }
            #expect(found == [10, 25])
            var target = AuditFilter()
            target.targetID = "17"
            #expect(try reader.last(5, target).map(\.sequence) == [17])
            #expect(try reader.last(4).map(\.sequence) == [27, 28, 29, 30])
        }
    }

    @Test func exportForms() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            var record = WireAuditRecord()
            record.kind = .outcome
            record.timeUnixUs = 1_780_000_000_123_000
            record.principal.keyID = "kid"
            record.tool = "moderate_content"
            record.action = "ban_user"
            record.reason = "=spam, \"again\""
            record.outcome = "ok"
            record.guildID = 42
            record.targetIds = [7, 8]
            _ = try await journal.append([
                .init(producer: .init(name: "executor", epoch: 1, sequence: 1), body: record.wireBytes)
            ])
            try await journal.close()
            let entry = try #require(try AuditLogReader(directory: fixture.directory).last(1).first)
            #expect(entry.time == "2026-05-28T20:26:40.123000Z")
            let json = try JSONDecoder().decode(AuditEntry.self, from: Data(AuditExport.jsonl.line(entry).utf8))
            #expect(json == entry)
            let csv = try AuditExport.csv.line(entry)
            #expect(csv.contains(#","'=spam, ""again""","#))
            #expect(csv.contains(",7 8,"))
            let header = try #require(AuditExport.csv.header)
            #expect(header.hasPrefix("sequence,time,kind,process,key_id,"))
            let ocsf = try #require(
                try JSONSerialization.jsonObject(with: Data(AuditExport.ocsf.line(entry).utf8)) as? [String: Any])
            #expect(ocsf["class_uid"] as? Int == 6003)
            #expect(ocsf["type_uid"] as? Int == 600_304)
            #expect(ocsf["status_id"] as? Int == 1)
        }
    }

    @Test func aMissingLogSaysWhatToDo() async throws {
        try await withTemporaryDirectory { path in
            let error = #expect(throws: AuditLogError.self) {
                try AuditLogReader(directory: FilePath(path).appending("audit")).last(1)
            }
            #expect(error?.message.contains("--data-dir") == true)
        }
    }
}
