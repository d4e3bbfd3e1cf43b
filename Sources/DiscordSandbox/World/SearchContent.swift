import Contracts
import Foundation

/// What a search looks for inside one message.
enum SearchContent {
    static func has(_ kind: String, _ message: Message) -> Bool {
        switch kind {
        case "image": hasFile(message, of: "image/") || hasEmbed(message, of: "image")
        case "video": hasFile(message, of: "video/") || hasEmbed(message, of: "video")
        case "sound": hasFile(message, of: "audio/")
        case "file": !message.attachments.isEmpty
        case "sticker": !message.stickers.isEmpty
        case "embed": !message.embeds.isEmpty
        case "link": !hosts(in: message.content).isEmpty
        case "poll": message.poll != nil
        case "snapshot": !message.snapshots.isEmpty
        default: false
        }
    }

    private static func hasFile(_ message: Message, of type: String) -> Bool {
        message.attachments.contains { $0["content_type"]?.string?.hasPrefix(type) ?? false }
    }

    private static func hasEmbed(_ message: Message, of type: String) -> Bool {
        message.embeds.contains { $0[type] != nil || $0["type"]?.string == type }
    }

    static func passes(_ message: Message, _ query: World.Search) -> Bool {
        let names = message.attachments.compactMap { $0["filename"]?.string?.lowercased() }
        if !query.filenames.isEmpty,
            !query.filenames.contains(where: { wanted in names.contains { $0.contains(wanted) } })
        {
            return false
        }
        if !query.extensions.isEmpty,
            !query.extensions.contains(where: { wanted in names.contains { $0.hasSuffix(".\(wanted)") } })
        {
            return false
        }
        if !query.embedTypes.isEmpty, !query.embedTypes.contains(where: { hasEmbed(message, of: $0) }) { return false }
        let providers = message.embeds.compactMap { $0["provider"]?["name"]?.string?.lowercased() }
        if !query.embedProviders.isEmpty, !query.embedProviders.contains(where: providers.contains) { return false }
        guard !query.linkHosts.isEmpty else { return true }
        let hosts = hosts(in: message.content)
        return query.linkHosts.contains { wanted in hosts.contains { $0 == wanted || $0.hasSuffix(".\(wanted)") } }
    }

    static func hosts(in text: String) -> [String] {
        guard text.contains("://") else { return [] }
        return text.split(whereSeparator: \.isWhitespace).compactMap { piece in
            guard let start = piece.range(of: "://"),
                piece[..<start.lowerBound].hasSuffix("http")
                    || piece[..<start.lowerBound].hasSuffix("https")
            else { return nil }
            let host = piece[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
            return host.isEmpty ? nil : host.lowercased()
        }
    }

    /// All words (their beginnings count, as in a search index) with at most `slop` others between them; in languages
    /// without spaces, anywhere in the text.
    static func speaks(of words: [String], slop: Int, _ text: String) -> Bool {
        guard !words.isEmpty else { return true }
        let lowered = text.lowercased()
        let tokens = lowered.split { !$0.isLetter && !$0.isNumber }
        var wanted: [String] = []
        for word in words {
            let isPlain = word.unicodeScalars.allSatisfy(\.isASCII) && word.allSatisfy { $0.isLetter || $0.isNumber }
            if isPlain {
                wanted.append(word)
            } else if !lowered.contains(word) {
                return false
            }
        }
        guard !wanted.isEmpty else { return true }
        let width = min(tokens.count, wanted.count + slop)
        guard width >= 1 else { return false }
        return (0...tokens.count - width).contains { start in
            let window = tokens[start..<start + width]
            return wanted.allSatisfy { word in window.contains { $0.hasPrefix(word) } }
        }
    }
}
