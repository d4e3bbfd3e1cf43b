public import Logging

/// How log lines look.
public enum LogFormat: String, Sendable {
    /// For people: time, level, message, `key=value`.
    case console
    /// One JSON object a line.
    case json

    /// A level by its name, in any case; `warn` is `warning`.
    public static func level(named name: String) -> Logger.Level? {
        let name = name.lowercased()
        return name == "warn" ? .warning : Logger.Level(rawValue: name)
    }
}
