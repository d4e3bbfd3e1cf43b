import FoundationEssentials

/// What the bridge must know of a JSON-RPC message; the bytes themselves pass unchanged.
struct BridgedMessage: Decodable {
    enum Identifier: Decodable {
        case text(String)
        case number(Int64)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        var json: String {
            switch self {
            case .number(let number): String(number)
            case .text(let text): (try? Terminal.jsonText(text)) ?? "null"
            }
        }
    }

    struct Parameters: Decodable {
        struct Meta: Decodable {
            var protocolVersion: String?

            enum CodingKeys: String, CodingKey {
                case protocolVersion = "io.modelcontextprotocol/protocolVersion"
            }
        }

        var name: String?
        var uri: String?
        var taskID: String?
        var meta: Meta?

        enum CodingKeys: String, CodingKey {
            case name, uri
            case taskID = "taskId"
            case meta = "_meta"
        }
    }

    var id: Identifier?
    var method: String?
    var params: Parameters?

    init?(_ line: [UInt8]) {
        guard let message = try? JSONDecoder().decode(BridgedMessage.self, from: Data(line)) else { return nil }
        self = message
    }

    /// The protocol version that a message of the 2026-07-28 era carries itself.
    var claimedVersion: String? { params?.meta?.protocolVersion }

    /// What the modern transport repeats in `Mcp-Name`.
    var mirroredName: String? {
        switch method {
        case "tools/call", "prompts/get": params?.name
        case "resources/read": params?.uri
        case "tasks/get", "tasks/update", "tasks/cancel": params?.taskID
        default: nil
        }
    }

    /// A header's value: as it is when visible ASCII, else in the base64 form of the specification.
    static func headerValue(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.hasPrefix("=?base64?")
        let hasEdges = text.hasPrefix(" ") || text.hasSuffix(" ")
        return isPlain && !hasEdges ? text : "=?base64?\(Data(text.utf8).base64EncodedString())?="
    }

    /// The answer when the front door gave none.
    static func failure(_ id: Identifier, _ reason: String) -> String {
        let message = (try? Terminal.jsonText(reason)) ?? "\"\""
        return #"{"jsonrpc":"2.0","id":\#(id.json),"error":{"code":-32603,"message":\#(message)}}"#
    }
}
