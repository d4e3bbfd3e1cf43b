import Contracts
import Foundation

/// Why a rule fires; nil when it does not.
struct AutoModerationMatch: Equatable, Sendable {
    var keyword: String?
    var content: String?

    init?(_ rule: JSONObject, message: Message, recent: [String]) {
        let data = rule["trigger_metadata"]?.object ?? [:]
        let allowed = Self.texts(data["allow_list"])
        switch rule["trigger_type"]?.int {
        case 1:
            if let hit = Self.hit(Self.texts(data["keyword_filter"]), in: message.content, except: allowed) {
                (keyword, content) = hit
            } else if let hit = Self.pattern(Self.texts(data["regex_patterns"]), in: message.content) {
                (keyword, content) = hit
            } else {
                return nil
            }
        case 3: guard Self.isSpam(message.content, recent: recent) else { return nil }
        case 4:
            let words = (data["presets"]?.array ?? []).compactMap(\.int).flatMap { Self.presets[$0] ?? [] }
            guard let hit = Self.hit(words, in: message.content, except: allowed) else { return nil }
            (keyword, content) = hit
        case 5:
            let limit = data["mention_total_limit"]?.int ?? 20
            guard Self.mentionCount(message.content) > limit else { return nil }
        default: return nil
        }
    }

    /// A few mild words for each of Discord's lists, which are not public: 1 profanity, 2 sexual content, 3 slurs.
    static let presets: [Int: [String]] = [
        1: ["damn", "bullshit", "verdammt", "mierda"], 2: ["xxx", "porn*"], 3: ["sandboxslur"],
    ]

    private static func texts(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }

    /// Source: <https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object-keyword-matching-strategies>
    private static func hit(
        _ keywords: [String], in text: String, except allowed: [String]
    ) -> (keyword: String, content: String)? {
        let lowered = text.lowercased()
        for keyword in keywords {
            guard let found = find(keyword.lowercased(), in: lowered) else { continue }
            if allowed.contains(where: { find($0.lowercased(), in: lowered) != nil && $0.lowercased().contains(found) })
            {
                continue
            }
            return (keyword, found)
        }
        return nil
    }

    /// `word` is a whole word, `word*` its beginning, `*word` its end, `*word*` anywhere.
    private static func find(_ keyword: String, in text: String) -> String? {
        let (opensStart, opensEnd) = (keyword.hasPrefix("*"), keyword.hasSuffix("*"))
        let core = keyword.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed()
        let word = String(core)
        guard !word.isEmpty else { return nil }
        var from = text.startIndex
        while let range = text.range(of: word, range: from..<text.endIndex) {
            let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
            let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
            if opensStart || !(before?.isLetter ?? false || before?.isNumber ?? false),
                opensEnd || !(after?.isLetter ?? false || after?.isNumber ?? false)
            {
                return word
            }
            from = text.index(after: range.lowerBound)
        }
        return nil
    }

    /// Discord's patterns are Rust's; what both flavours know is understood here, what is not never fires.
    private static func pattern(_ patterns: [String], in text: String) -> (keyword: String, content: String)? {
        for pattern in patterns {
            guard let regex = try? Regex(pattern).ignoresCase(), let match = try? regex.firstMatch(in: text) else {
                continue
            }
            return (pattern, String(text[match.range]))
        }
        return nil
    }

    /// Different people and roles.
    static func mentionCount(_ text: String) -> Int {
        Set(
            text.split(separator: "<").compactMap { piece in
                piece.first == "@" ? piece.split(separator: ">").first.map(String.init) : nil
            }
        ).count
    }

    /// The third time the same within ten seconds, or an invite with a promise.
    private static func isSpam(_ text: String, recent: [String]) -> Bool {
        if !text.isEmpty, recent.count(where: { $0 == text }) >= 2 { return true }
        let lowered = text.lowercased()
        return lowered.contains("free nitro") || lowered.contains("steam gift") && lowered.contains("http")
    }
}
