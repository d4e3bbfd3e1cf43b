import Foundation

/// Runs `body` with a fresh directory (mode 0700) that is removed afterwards.
///
/// The path is short: the path of a Unix socket in it may have at most 107 bytes.
public func withTemporaryDirectory<Result>(
    _ body: (String) async throws -> Result
) async throws -> Result {
    let path = "/tmp/dmcp-" + String(UInt32.random(in: 0 ... .max), radix: 36)
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
