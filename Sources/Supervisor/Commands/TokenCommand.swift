import ArgumentParser
import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import ProcessKit

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Exchange a key for a short-lived token.",
        discussion: """
            Examples:
              discord-mcp token KEY
              DISCORD_MCP_KEY_FILE=key discord-mcp token --json
            """
    )

    @Argument(help: "The key's text. Unset: DISCORD_MCP_KEY, which other users of this machine cannot see.")
    var key: String?

    @OptionGroup var location: StackLocation

    @Option(help: "The front door. Default: the running stack's.")
    var url: String?

    @Flag(help: "The whole answer as one JSON object.")
    var json = false

    private struct Answer: Decodable {
        let accessToken: String

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
        }
    }

    func run() async throws {
        guard let key = try key ?? location.settings()[.clientKey] else {
            throw ValidationError("Give a key, or set DISCORD_MCP_KEY.")
        }
        let base = try location.frontDoorURL(url)
        var request = HTTPClientRequest(url: "\(base)/auth/token")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        let (status, body) = try await post(request, to: base)
        guard status == 200, let answer = try? JSONDecoder().decode(Answer.self, from: body) else {
            throw CommandFailure("\(base) answered \(status): \(String(decoding: body, as: UTF8.self))")
        }
        Terminal.print(json ? String(decoding: body, as: UTF8.self) : answer.accessToken)
    }

    private func post(_ request: HTTPClientRequest, to base: String) async throws -> (UInt, Data) {
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            let body = try await response.body.collect(upTo: 1 << 20)
            return (response.status.code, Data(body.readableBytesView))
        } catch {
            throw CommandFailure("\(base) cannot be reached (\(error)). Start the stack with `discord-mcp run`.")
        }
    }
}
