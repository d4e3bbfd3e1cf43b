/// An error of the protocol: the `error` member of a JSON-RPC response.
///
/// `message` is read by people and models outside: it must not tell anything about the inside.
public struct RPCError: Error, Sendable {
    /// Codes of the protocol. Codes of our own must lie outside -32768 ... -32000.
    public enum Code {
        public static let parseError = -32700
        public static let invalidRequest = -32600
        public static let methodNotFound = -32601
        public static let invalidParams = -32602
        public static let internalError = -32603
        public static let headerMismatch = -32020
        public static let missingClientCapability = -32021
        public static let unsupportedVersion = -32022
        /// Legacy revisions only.
        static let resourceNotFound = -32002
    }

    public var code: Int
    public var message: String
    public var data: JSONValue?

    public init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// Something broke inside; the caller learns only that.
    public static let internalError = RPCError(code: Code.internalError, message: "Internal error")

    /// - Parameter message: what is wrong with the parameters and what would be right.
    public static func invalidParams(_ message: String, data: JSONValue? = nil) -> RPCError {
        RPCError(code: Code.invalidParams, message: message, data: data)
    }

    static func invalidRequest(_ message: String) -> RPCError {
        RPCError(code: Code.invalidRequest, message: message)
    }

    static func headerMismatch(_ message: String) -> RPCError {
        RPCError(code: Code.headerMismatch, message: message)
    }

    static let methodNotFound = RPCError(code: Code.methodNotFound, message: "Method not found")

    static func unsupportedVersion(_ requested: String) -> RPCError {
        RPCError(
            code: Code.unsupportedVersion,
            message: "Unsupported protocol version",
            data: .object([
                "supported": .array(ProtocolVersion.modern.map { .string($0) }), "requested": .string(requested),
            ])
        )
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", code)
            writer.member("message", message)
            if let data { writer.member("data", data) }
        }
    }
}
