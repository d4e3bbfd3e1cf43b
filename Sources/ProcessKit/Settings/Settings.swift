public import Configuration
import FoundationEssentials

/// Every setting of a process, read once at its start: flags, then the environment, then `.env`, then the defaults.
public struct Settings: Sendable {
    /// The same values for code that takes swift-configuration: the key of `RATE_LIMIT_WINDOW` is `rate.limit.window`.
    public let reader: ConfigReader
    private let layers: [SettingsLayer]

    /// Reads and checks all values.
    /// - Parameters:
    ///   - flags: values from the command line, by setting name.
    ///   - environmentFile: path of the `.env` file, which need not exist; nil: none is read. A child of the
    ///     supervisor reads none, since it would find the secrets of the other processes there.
    /// - Throws: ``ConfigurationFault`` with everything that is wrong, not only the first thing.
    public init(
        flags: [String: String] = [:],
        environment: [String: String],
        environmentFile: String? = nil
    ) throws(ConfigurationFault) {
        var layers = [
            SettingsLayer(origin: .flag, values: flags),
            SettingsLayer(origin: .environment, values: environment),
        ]
        if let path = environmentFile, let text = FileText.read(path) {
            let values = try EnvironmentFile.parse(text, path: path)
            layers.append(SettingsLayer(origin: .file(path), values: values))
        }
        var problems = layers.flatMap(\.problems)
        for definition in SettingDefinition.all {
            guard let layer = layers.first(where: { $0.values[definition.name] != nil }),
                let text = layer.values[definition.name], let problem = definition.problem(text)
            else { continue }
            let origin = layer.origin(of: definition.name) ?? layer.origin
            problems.append("\(definition.name) \(problem) (from the \(origin)).")
        }
        if !problems.isEmpty { throw ConfigurationFault(problems) }

        let defaults = SettingDefinition.all.compactMap { definition in
            definition.defaultText.map { (definition.name, $0) }
        }
        layers.append(
            SettingsLayer(origin: .defaultValue, values: Dictionary(uniqueKeysWithValues: defaults)))
        self.layers = layers
        reader = ConfigReader(providers: layers.map(\.provider))
    }

    /// The settings of this process; `.env` is the one in the working directory.
    public static func ofProcess(
        flags: [String: String] = [:],
        readsEnvironmentFile: Bool
    ) throws(ConfigurationFault) -> Settings {
        try Settings(
            flags: flags, environment: ProcessInfo.processInfo.environment,
            environmentFile: readsEnvironmentFile ? ".env" : nil)
    }

    public subscript<Value>(setting: Setting<Value>) -> Value {
        let text = reader.string(forKey: ConfigKey([setting.name]), isSecret: setting.definition.isSecret)
        return text.flatMap(setting.decode) ?? setting.fallback
    }

    /// The value of a setting that this process cannot do without.
    public func required(_ setting: Setting<String?>) throws(ConfigurationFault) -> String {
        guard let value = self[setting] else {
            let fileHint = setting.definition.isSecret ? " or \(setting.definition.fileName)" : ""
            throw ConfigurationFault("\(setting.name)\(fileHint) must be set. \(setting.definition.summary)")
        }
        return value
    }

    /// Where the value in use came from; nil when there is no value.
    public func origin(of name: String) -> SettingOrigin? {
        layers.lazy.compactMap { $0.origin(of: name) }.first
    }

    func text(of name: String) -> String? {
        layers.lazy.compactMap { $0.values[name] }.first
    }
}
