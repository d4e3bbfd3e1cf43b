import MCP

/// Takes an event stream apart as it arrives.
struct EventReader {
    struct Event {
        var id: String?
        var name: String?
        var data = ""
        var retry: Int?

        var json: JSONValue? {
            try? JSONReader.read(Array(data.utf8))
        }
    }

    private var line: [UInt8] = []
    private var event = Event()
    private var isEmpty = true
    private(set) var comments = 0

    /// The events that are whole with these bytes.
    mutating func read(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            let text = String(decoding: line, as: UTF8.self)
            line = []
            if text.isEmpty {
                if !isEmpty { events.append(event) }
                event = Event()
                isEmpty = true
            } else {
                take(text)
            }
        }
        return events
    }

    private mutating func take(_ text: String) {
        if text.hasPrefix(":") {
            comments += 1
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? String(parts[1].trimmingPrefix(" ")) : ""
        isEmpty = false
        switch parts[0] {
        case "id": event.id = value
        case "event": event.name = value
        case "data": event.data += value
        case "retry": event.retry = Int(value)
        default: break
        }
    }
}
