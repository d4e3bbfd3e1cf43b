import FoundationEssentials

enum FileText {
    /// The whole file as UTF-8; nil when it cannot be read.
    static func read(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
