/// One line of `discord-mcp config`.
public struct SettingReport: Hashable, Sendable, Encodable {
    public let name: String
    /// Masked when secret; nil: unset.
    public let value: String?
    public let origin: String
    public let isSecret: Bool
    public let summary: String
}

extension Settings {
    /// Every setting in the catalogue's order.
    public var report: [SettingReport] {
        SettingDefinition.all.map { definition in
            SettingReport(
                name: definition.name,
                value: text(of: definition.name).map { definition.isSecret ? "********" : $0 },
                origin: origin(of: definition.name)?.description ?? "unset",
                isSecret: definition.isSecret,
                summary: definition.summary)
        }
    }
}
