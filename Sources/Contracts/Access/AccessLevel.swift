/// What a key may do at most. Each level includes the ones before it.
public enum AccessLevel: Int, Sendable, Comparable, CaseIterable, Codable {
    case readOnly = 1
    case readWrite = 2
    case moderate = 3
    case admin = 4

    /// The name in commands, records and answers.
    public var name: String {
        switch self {
        case .readOnly: "read_only"
        case .readWrite: "read_write"
        case .moderate: "moderate"
        case .admin: "admin"
        }
    }

    public init?(name: some StringProtocol) {
        guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    /// The OAuth scope that stands for this level in challenges.
    public var scope: String {
        switch self {
        case .readOnly: "discord.read"
        case .readWrite: "discord.write"
        case .moderate: "discord.moderate"
        case .admin: "discord.admin"
        }
    }

    public static func < (left: AccessLevel, right: AccessLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}
