/// The messages a call sends before its result.
enum CallNotifications {
    static func progress(_ progress: Progress, token: JSONValue) -> [UInt8] {
        notification("notifications/progress") { writer in
            writer.member("progressToken", token)
            writer.member("progress", JSONValue(progress.value))
            if let total = progress.total { writer.member("total", JSONValue(total)) }
            writer.member("message", ifPresent: progress.message)
        }
    }

    static func log(_ message: LogMessage) -> [UInt8] {
        notification("notifications/message") { writer in
            writer.member("level", message.level.rawValue)
            writer.member("logger", ifPresent: message.logger)
            writer.member("data", message.data)
        }
    }

    static func notification(_ method: String, _ params: ((inout JSONWriter) -> Void)? = nil) -> [UInt8] {
        var writer = JSONWriter(capacity: 192)
        writer.object { writer in
            writer.member("jsonrpc", "2.0")
            writer.member("method", method)
            if let params {
                writer.name("params")
                writer.object { params(&$0) }
            }
        }
        return writer.bytes
    }
}

extension JSONValue {
    /// A finite number, whole when it is.
    init(_ value: Double) {
        self = .number(Int64(exactly: value).map { JSONNumber($0) } ?? JSONNumber(finite: value))
    }
}
