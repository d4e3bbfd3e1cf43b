/// The `data` of Server-Sent Events, out of pieces of any size.
/// Source: <https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream>
struct EventStreamParser {
    private var line: [UInt8] = []
    private var data: [[UInt8]] = []
    private var endsWithReturn = false

    /// - Returns: the data of the events that are complete now.
    mutating func add(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for byte in bytes {
            // CR, LF and CR LF all end a line.
            if endsWithReturn, byte == UInt8(ascii: "\n") {
                endsWithReturn = false
                continue
            }
            endsWithReturn = byte == UInt8(ascii: "\r")
            guard endsWithReturn || byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> [UInt8]? {
        defer { line = [] }
        guard line.isEmpty else {
            if line.starts(with: Array("data:".utf8)) {
                let value = line.dropFirst("data:".utf8.count)
                data.append(Array(value.first == UInt8(ascii: " ") ? value.dropFirst() : value))
            }
            return nil
        }
        defer { data = [] }
        return data.isEmpty ? nil : Array(data.joined(separator: [UInt8(ascii: "\n")]))
    }
}
