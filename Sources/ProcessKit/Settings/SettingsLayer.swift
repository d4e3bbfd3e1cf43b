import Configuration
import Contracts

/// Where a value came from.
public enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
    case flag
    case environment
    /// Path of the `.env` file.
    case file(String)
    /// Path of the file that `NAME_FILE` names.
    case secretFile(String)
    case defaultValue

    public var description: String {
        switch self {
        case .flag: "flag"
        case .environment: "environment"
        case .file(let path), .secretFile(let path): path
        case .defaultValue: "default"
        }
    }
}

/// The values of one source, with `NAME_FILE` resolved and empty values left out: a template's `NAME=` sets nothing.
struct SettingsLayer: Sendable {
    let origin: SettingOrigin
    private(set) var values: [String: String] = [:]
    private(set) var secretFiles: [String: String] = [:]
    private(set) var problems: [String] = []

    init(origin: SettingOrigin, values raw: [String: String]) {
        self.origin = origin
        for definition in SettingDefinition.all {
            if let text = raw[definition.name], !text.isEmpty {
                values[definition.name] = text
            } else if definition.isSecret, let path = raw[definition.fileName], !path.isEmpty {
                guard let text = FileText.read(path) else {
                    problems.append("\(definition.fileName): the file \(path) cannot be read.")
                    continue
                }
                values[definition.name] = String(text.trimmingSpaces())
                secretFiles[definition.name] = path
            }
        }
        for name in raw.keys.sorted() where name.hasPrefix(Self.prefix) && !Self.knownNames.contains(name) {
            let hint =
                NearestName.of(name, among: Self.settingNames, prefix: Self.prefix).map { " Did you mean \($0)?" } ?? ""
            problems.append("Unknown setting \(name) in the \(origin).\(hint) `discord-mcp config` lists all.")
        }
    }

    func origin(of name: String) -> SettingOrigin? {
        if let path = secretFiles[name] { return .secretFile(path) }
        return values[name] == nil ? nil : origin
    }

    var provider: EnvironmentVariablesProvider {
        EnvironmentVariablesProvider(environmentVariables: values, secretsSpecifier: .specific(Self.secretNames))
    }

    /// Of the names that are ours alone: an unknown one is a mistake.
    private static let prefix = "DISCORD_MCP_"
    private static let settingNames = SettingDefinition.all.flatMap {
        $0.isSecret ? [$0.name, $0.fileName] : [$0.name]
    }
    private static let knownNames = Set(settingNames + [ProcessProtocol.lifeline])
    private static let secretNames = Set(SettingDefinition.all.filter(\.isSecret).map(\.name))
}
