/// How much JSON a reader accepts before it gives up, so that a small text cannot cost much memory or stack.
public struct JSONLimits: Sendable {
    /// Arrays and objects inside each other.
    public var depth: Int
    /// Values and member names in all.
    public var values: Int

    /// For what this process wrote itself.
    public static let unbounded = JSONLimits(depth: 512, values: .max)

    public init(depth: Int = 64, values: Int = 100_000) {
        self.depth = depth
        self.values = values
    }
}
