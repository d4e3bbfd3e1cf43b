public import Contracts

/// What is known about one setting before any value is read.
public struct SettingDefinition: Sendable {
    /// The name in the environment and in `.env`.
    public let name: String
    /// Nil: there is no value unless the operator gives one.
    public let defaultText: String?
    /// Never shown, and may come from the file that `NAME_FILE` names.
    public let isSecret: Bool
    public let summary: String
    /// The processes that are given the value. The supervisor reads every setting.
    public let readers: Set<ProcessRole>
    /// Nil when the text is a good value, else what is wrong with it, without the text itself.
    let problem: @Sendable (String) -> String?

    /// The name of the variable that holds a path in place of the secret.
    var fileName: String { "\(name)_FILE" }
}
