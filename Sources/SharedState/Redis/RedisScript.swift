import Crypto

/// A Lua script that Redis knows by its SHA-1.
public struct RedisScript: Sendable {
    public let source: String
    /// 40 hex digits, as `EVALSHA` wants them.
    let digest: String

    public init(_ source: String) {
        self.source = source
        // SHA-1 is Redis' own name for a script; nothing rests on its strength.
        digest = hexadecimal(Insecure.SHA1.hash(data: Array(source.utf8)))
    }
}

extension RedisClient {
    /// Runs the script on the server in one step. A server that does not know it yet (first use, `SCRIPT FLUSH`,
    /// restart, fail-over) is sent its source.
    public func evaluate(
        _ script: RedisScript,
        keys: [String],
        arguments: [String],
        timeout: Duration? = nil
    ) async throws(RedisError) -> RedisValue {
        let operands = [String(keys.count)] + keys + arguments
        do throws(RedisError) {
            return try await send(RedisCommand(["EVALSHA", script.digest] + operands), timeout: timeout)
        } catch .server(let message) where message.hasPrefix("NOSCRIPT") {
            return try await send(RedisCommand(["EVAL", script.source] + operands), timeout: timeout)
        }
    }
}
