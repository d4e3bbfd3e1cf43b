/// The version of all programs of this package.
public enum ProgramVersion {
    public static let current = "0.1.0"
    /// Where the project is at home; Discord asks for it in the User-Agent of every bot.
    public static let projectURL = "https://github.com/discord-mcp"
}
