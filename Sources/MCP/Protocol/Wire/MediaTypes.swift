/// The few questions on media types that the transport asks.
enum MediaTypes {
    /// Whether an `Accept` header takes both of the forms in which we may answer. It is required by the transport.
    static func acceptsBothForms(_ accept: String?) -> Bool {
        guard let accept else { return false }
        var json = false
        var eventStream = false
        for range in accept.split(separator: ",") {
            let parts = range.split(separator: ";")
            guard let type = parts.first.map(normalized), !parts.dropFirst().contains(where: isRefusal) else {
                continue
            }
            switch type {
            case "*/*": return true
            case "application/json", "application/*": json = true
            case "text/event-stream", "text/*": eventStream = true
            default: break
            }
        }
        return json && eventStream
    }

    static func acceptsEventStream(_ accept: String?) -> Bool {
        guard let accept else { return false }
        return acceptsBothForms(accept + ", application/json")
    }

    static func isJSON(_ contentType: String?) -> Bool {
        contentType?.split(separator: ";").first.map(normalized) == "application/json"
    }

    private static func isRefusal(_ parameter: Substring) -> Bool {
        let text = normalized(parameter)
        return text.hasPrefix("q=") && Double(text.dropFirst(2)) == 0
    }

    private static func normalized(_ text: Substring) -> String {
        String(text.filter { $0 != " " && $0 != "\t" }).lowercased()
    }
}
