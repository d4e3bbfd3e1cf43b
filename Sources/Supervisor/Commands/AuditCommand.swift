import ArgumentParser
import AuditLog
import ProcessKit
import SystemPackage

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Read, check and export the audit log.",
        discussion: """
            The log is read from the data directory; the stack need not run. In containers run this in the audit writer's.

            Examples:
              discord-mcp audit tail --follow
              discord-mcp audit query --tool moderate_content --outcome ok --since 24h
              discord-mcp audit verify
            """,
        subcommands: [
            AuditTailCommand.self, AuditQueryCommand.self, AuditShowCommand.self, AuditVerifyCommand.self,
            AuditExportCommand.self,
        ]
    )
}

extension StackLocation {
    func auditLog() throws -> AuditLogReader {
        AuditLogReader(directory: FilePath(try directory().audit))
    }

    /// Runs the body; what is wrong with the log becomes the command's failure.
    static func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as AuditLogError {
            throw CommandFailure(error.message)
        }
    }
}

extension AuditEntry {
    /// One line for people: when, what kind, who, what, where, what came of it.
    var line: String {
        let what = [tool, action].compactMap(\.self).joined(separator: "/")
        let place = [guildID.map { "guild \($0)" }, channelID.map { "channel \($0)" }].compactMap(\.self)
        let targets = (targetIDs ?? []).prefix(3).joined(separator: ",")
        let fields: [String?] = [
            String(sequence), time, kind.uppercased(), keyID ?? process, what.isEmpty ? nil : what,
            place.isEmpty ? nil : place.joined(separator: " "), targets.isEmpty ? nil : "-> \(targets)", outcome,
            detail.map { "(\($0))" },
        ]
        return fields.compactMap(\.self).joined(separator: "  ")
    }
}
