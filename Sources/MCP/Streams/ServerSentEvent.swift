/// Frames of an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html), as the transport uses
/// them: one JSON message a frame, on one line.
enum ServerSentEvent {
    /// Keeps the connection from looking dead; clients skip it.
    static let comment = Array(": keep-alive\n\n".utf8)

    static func message(_ json: [UInt8], id: String? = nil) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(json.count + 64)
        if let id { append(id: id, to: &frame) }
        frame += "event: message\ndata: ".utf8
        frame += json
        frame += "\n\n".utf8
        return frame
    }

    /// Gives a client something to resume from before there is any message.
    static func priming(id: String, retry: Duration) -> [UInt8] {
        var frame: [UInt8] = []
        append(id: id, to: &frame)
        frame += "retry: \(Int(retry / .milliseconds(1)))\ndata: \n\n".utf8
        return frame
    }

    private static func append(id: String, to frame: inout [UInt8]) {
        frame += "id: ".utf8
        frame += id.utf8
        frame.append(UInt8(ascii: "\n"))
    }
}
