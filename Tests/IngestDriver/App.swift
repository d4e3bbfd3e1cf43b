import Foundation

/// What the ingestion judge and the ingestion benchmark run beside the real programs.
///
///     IngestDriver replay DIR [--archive DIR] [--rounds N]   plays a generated stream, prints CPU seconds as JSON
///     IngestDriver search DATA_DIR                           terms on stdin, one a line; ids found as JSON lines
///     IngestDriver payloads DIR                              reads every example payload; prints what failed
@main
enum App {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let command = arguments.first, let directory = arguments.dropFirst().first else { usage() }
        let options = Array(arguments.dropFirst(2))
        switch command {
        case "replay":
            try await Replay(
                directory: directory, archive: option("--archive", options),
                rounds: option("--rounds", options).flatMap { Int($0) } ?? 1
            ).run()
        case "search": try await search(directory)
        case "payloads": exit(try Payloads(directory: directory).run() ? 0 : 1)
        default: usage()
        }
    }

    private static func option(_ name: String, _ options: [String]) -> String? {
        options.firstIndex(of: name).flatMap { options.indices.contains($0 + 1) ? options[$0 + 1] : nil }
    }

    private static func usage() -> Never {
        FileHandle.standardError.write(Data("usage: IngestDriver replay|search|payloads DIR [options]\n".utf8))
        exit(2)
    }
}
