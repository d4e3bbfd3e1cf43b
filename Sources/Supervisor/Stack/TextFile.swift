import FoundationEssentials

enum TextFile {
    /// The file's text without the line ends at its end; nil when it cannot be read.
    static func read(_ path: String) -> String? {
        guard var text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}
