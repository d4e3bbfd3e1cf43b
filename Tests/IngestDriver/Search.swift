import Archive
import Contracts
import Foundation
import JSONCore

/// Looks each line of the standard input up as an exact phrase, in every channel of an archive.
func search(_ dataDirectory: String) async throws {
    let archive = try Archive(directory: dataDirectory + "/archive")
    let channels = try await archive.directory().flatMap { $0.channels.map(\.id) }
    while let term = readLine() {
        var found: [Snowflake] = []
        var before: Snowflake?
        repeat {
            let result = try await archive.search(
                MessageSearch(query: SearchQuery("\"\(term)\""), channels: channels, before: before, limit: 100))
            found += result.messages.map(\.id)
            before = result.messages.count == 100 ? result.messages.last?.id : nil
        } while before != nil
        var writer = JSONWriter()
        writer.object {
            $0.member("term", term)
            $0.name("ids")
            $0.array { for id in found.reversed() { $0.string(id.description) } }
        }
        print(String(decoding: writer.bytes, as: UTF8.self))
    }
    try archive.close()
}
