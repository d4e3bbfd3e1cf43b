public import Contracts
import FoundationEssentials

extension Settings {
    /// The variables that a child of that role gets: its own settings and nothing of the others'.
    /// - Parameter computed: values that the supervisor made itself, by name; they win, and are filtered the same way.
    public func environment(for role: ProcessRole, computed: [String: String] = [:]) -> [String: String] {
        var environment = Self.inherited(from: ProcessInfo.processInfo.environment)
        for definition in SettingDefinition.all where definition.readers.contains(role) {
            let given = origin(of: definition.name) == .defaultValue ? nil : text(of: definition.name)
            environment[definition.name] = computed[definition.name] ?? given
        }
        return environment
    }

    /// What every program may see: where things are and how to speak, no settings.
    private static func inherited(from environment: [String: String]) -> [String: String] {
        let names: Set<String> = [
            "PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
            "ASAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE",
        ]
        return environment.filter { names.contains($0.key) || $0.key.hasPrefix("LC_") || $0.key.hasPrefix("SWIFT_") }
    }
}
