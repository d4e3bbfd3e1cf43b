import ArgumentParser
import AuditLog

struct AuditTailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "The last entries, and with --follow what comes.",
        discussion: "Example: discord-mcp audit tail --count 50 --follow"
    )

    @Option(name: [.short, .long], help: "How many entries.")
    var count = 20

    @Flag(name: [.short, .long], help: "Go on showing new entries until interrupted.")
    var follow = false

    @OptionGroup var filter: AuditFilterOptions
    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object a line.")
    var json = false

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be at least 1.") }
    }

    func run() async throws {
        let reader = try location.auditLog()
        var next: UInt64 = 1
        for entry in try StackLocation.reading({ try reader.last(count, filter.filter) }) {
            try show(entry)
            next = entry.sequence + 1
        }
        while follow {
            try await Task.sleep(for: .milliseconds(250))
            try StackLocation.reading {
                try reader.query(filter.filter, from: next) { entry in
                    try show(entry)
                    next = entry.sequence + 1
                    return true
                }
            }
        }
    }

    private func show(_ entry: AuditEntry) throws {
        Terminal.print(json ? try AuditExport.jsonl.line(entry) : entry.line)
    }
}

struct AuditQueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Entries that fit all filters, oldest first.",
        discussion: "Example: discord-mcp audit query --key ID --kind denied --since 2026-05-01 --json"
    )

    @OptionGroup var filter: AuditFilterOptions
    @OptionGroup var location: StackLocation

    @Option(help: "At most so many entries.")
    var limit: Int?

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() async throws {
        let reader = try location.auditLog()
        var shown = 0
        try StackLocation.reading {
            try reader.query(filter.filter) { entry in
                guard shown < limit ?? .max else { return false }
                shown += 1
                Terminal.print(json ? try AuditExport.jsonl.line(entry) : entry.line)
                return true
            }
        }
    }
}

struct AuditShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Everything about one entry.",
        discussion: "Example: discord-mcp audit show 42"
    )

    @Argument(help: "The entry's sequence.")
    var sequence: UInt64

    @OptionGroup var location: StackLocation

    func run() async throws {
        let reader = try location.auditLog()
        var found = false
        try StackLocation.reading {
            try reader.query(AuditFilter(), from: sequence) { entry in
                if entry.sequence == sequence {
                    found = true
                    Terminal.print(try AuditExport.jsonl.line(entry))
                }
                return false
            }
        }
        guard found else {
            throw CommandFailure("There is no entry \(sequence): `discord-mcp audit tail` shows the last ones.")
        }
    }
}

struct AuditExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write entries to standard output for another system.",
        discussion: "Example: discord-mcp audit export --format ocsf --since 24h > audit.ocsf.jsonl"
    )

    @Option(help: "jsonl, csv or ocsf.")
    var format: ExportFormat = .jsonl

    @OptionGroup var filter: AuditFilterOptions
    @OptionGroup var location: StackLocation

    func run() async throws {
        let reader = try location.auditLog()
        if let header = format.export.header { Terminal.print(header) }
        try StackLocation.reading {
            try reader.query(filter.filter) { entry in
                Terminal.print(try format.export.line(entry))
                return true
            }
        }
    }
}

/// The log's own forms, as an argument.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl
    case csv
    case ocsf

    var export: AuditExport {
        switch self {
        case .jsonl: .jsonl
        case .csv: .csv
        case .ocsf: .ocsf
        }
    }
}
