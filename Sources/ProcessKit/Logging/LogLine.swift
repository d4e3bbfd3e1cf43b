import Contracts
import Glibc
import Logging

/// One log line as bytes, with its line feed.
struct LogLine {
    let time: timespec
    let level: Logger.Level
    let label: String
    let message: String
    let metadata: Logger.Metadata

    func bytes(_ format: LogFormat) -> [UInt8] {
        var text = ""
        switch format {
        case .console:
            text += "\(timestamp) \(level.rawValue.uppercased()) \(Self.singleLine(message))"
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
                text += " \(key)=\(Self.singleLine(value.description))"
            }
        case .json:
            text += "{\"time\":\"\(timestamp)\",\"level\":\"\(level.rawValue)\",\"\(LogKey.process)\":"
            text.appendJSON(label)
            text += ",\"message\":"
            text.appendJSON(message)
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where !Self.reserved.contains(key) {
                text += ","
                text.appendJSON(key)
                text += ":"
                text.appendJSON(value)
            }
            text += "}"
        }
        text += "\n"
        return Array(text.utf8)
    }

    private static let reserved: Set<String> = ["time", "level", "message", LogKey.process]

    /// RFC 3339 in UTC with milliseconds.
    private var timestamp: String {
        var seconds = time.tv_sec
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ number: Int32, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let clock = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        return "\(date)T\(clock).\(padded(Int32(time.tv_nsec / 1_000_000), 3))Z"
    }

    /// A line feed in a value must not begin a new log line.
    private static func singleLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        var clean = ""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F {
                clean += scalar.escaped(asASCII: true)
            } else {
                clean.unicodeScalars.append(scalar)
            }
        }
        return clean
    }
}

extension String {
    mutating func appendJSON(_ text: String) {
        append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
            default: unicodeScalars.append(scalar)
            }
        }
        append("\"")
    }

    fileprivate mutating func appendJSON(_ value: Logger.MetadataValue) {
        switch value {
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(",") }
                appendJSON(element)
            }
            append("]")
        case .dictionary(let members):
            append("{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { append(",") }
                appendJSON(member.key)
                append(":")
                appendJSON(member.value)
            }
            append("}")
        default: appendJSON(value.description)
        }
    }
}
