/// Proposes values for arguments of prompts and of resource templates while somebody types.
public protocol CompletionProvider: Sendable {
    func complete(_ request: CompletionRequest, context: CallContext) async throws(RequestFailure) -> Completion
}

public struct CompletionRequest: Sendable {
    public enum Reference: Sendable, Equatable {
        case prompt(name: String)
        /// A resource's URI or a template of them.
        case resource(uri: String)
    }

    public let reference: Reference
    /// The argument that is being typed, and what is there of it.
    public let argument: String
    public let value: String
    /// The arguments that are decided already.
    public let decided: [String: String]
}

public struct Completion: Sendable {
    /// The protocol's limit of values in one answer.
    public static let maximumValues = 100

    public var values: [String]
    /// How many there are in all, when that is known.
    public var total: Int?
    public var hasMore: Bool

    /// - Parameter values: the best first; what is beyond ``maximumValues`` is left off.
    public init(_ values: [String], total: Int? = nil, hasMore: Bool = false) {
        self.values = Array(values.prefix(Self.maximumValues))
        self.total = total ?? (hasMore ? nil : values.count)
        self.hasMore = hasMore || values.count > Self.maximumValues
    }
}
