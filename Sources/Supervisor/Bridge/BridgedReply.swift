import FoundationEssentials

/// What the bridge must know of an answer: that it is JSON-RPC, and what `initialize` agreed on.
struct BridgedReply: Decodable {
    private struct Result: Decodable {
        var protocolVersion: String?
    }

    private var jsonrpc: String
    private var result: Result?

    init?(_ bytes: [UInt8]) {
        guard let reply = try? JSONDecoder().decode(BridgedReply.self, from: Data(bytes)) else { return nil }
        self = reply
    }

    var protocolVersion: String? { result?.protocolVersion }
}
