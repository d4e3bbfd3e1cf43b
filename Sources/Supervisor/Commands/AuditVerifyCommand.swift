import ArgumentParser
import AuditLog
import ProcessKit
import SystemPackage

struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute the whole hash chain and every signed checkpoint.",
        discussion: """
            Exit status 1 names the first bad record. With --key the checkpoints must be signed by that public key, which \
            you noted elsewhere: who can replace the whole data directory can replace a key that is kept in it.

            Example: discord-mcp audit verify --key 9f3a…
            """
    )

    @Option(help: "Public key of the checkpoints, hex.")
    var key: String?

    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object.")
    var json = false

    private struct Report: Encodable {
        let intact: Bool
        let records: UInt64
        let checkpoints: Int
        let chain: String
        let key: String
        let problem: String?
    }

    func run() async throws {
        let directory = FilePath(try location.directory().audit)
        let report = try StackLocation.reading { try AuditVerifier.verify(directory: directory, expectedKey: key) }
        if json {
            try Terminal.printJSON(
                Report(
                    intact: report.isIntact, records: report.records, checkpoints: report.checkpoints,
                    chain: report.chain, key: report.key, problem: report.problem))
            if !report.isIntact { throw ExitCode(ExitStatus.failed.rawValue) }
        } else if let problem = report.problem {
            throw CommandFailure("The audit log is NOT intact: \(problem)")
        } else {
            Terminal.print(
                """
                intact: \(report.records) records, \(report.checkpoints) signed checkpoints
                chain: \(report.chain)
                checkpoint key: \(report.key.isEmpty ? "none yet" : report.key)
                """)
        }
    }
}
