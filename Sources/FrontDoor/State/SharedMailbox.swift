import HTTPTypes
import MCP
import SharedState

/// Letters between front doors, in one bounded stream of Redis that each of them reads from its own place.
struct SharedMailbox: Mailbox {
    private static let name = "dmcp:mail"
    private static let kept = "10000"
    /// Milliseconds; the connection's own timeout is longer.
    private static let wait = "2000"

    let redis: RedisClient
    /// A connection of its own: waiting blocks it.
    let waiting: RedisClient

    func send(_ letter: [UInt8]) async throws(Problem) {
        do {
            _ = try await redis.send(
                RedisCommand(
                    "XADD", Self.name, "MAXLEN", "~", Self.kept, "*", "l", String(decoding: letter, as: UTF8.self)))
        } catch {
            throw Problem(.serviceUnavailable, headers: [.retryAfter: "2"])
        }
    }

    func receive(_ handle: @escaping @Sendable ([UInt8]) async -> Void) async {
        var known: String?
        while !Task.isCancelled {
            do {
                let place: String
                if let known {
                    place = known
                } else {
                    place = try await last()
                }
                known = place
                let reply = try await waiting.send(
                    RedisCommand("XREAD", "COUNT", "100", "BLOCK", Self.wait, "STREAMS", Self.name, place),
                    timeout: .seconds(5))
                for entry in reply.array?.first?.array?.last?.array ?? [] {
                    guard let parts = entry.array, let id = parts.first?.string else { continue }
                    known = id
                    guard let letter = parts.last?.array?.last?.string else { continue }
                    await handle(Array(letter.utf8))
                }
            } catch {
                // Redis is away; the client connects again by itself.
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// The id of the newest letter: what came before is for requests that nobody has here.
    private func last() async throws -> String {
        let reply = try await waiting.send(RedisCommand("XREVRANGE", Self.name, "+", "-", "COUNT", "1"))
        return reply.array?.first?.array?.first?.string ?? "0-0"
    }
}
