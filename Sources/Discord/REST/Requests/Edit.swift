/// A field of a change that can also be emptied. A nil `Edit` leaves it as it is.
public enum Edit<Value: Encodable & Hashable & Sendable>: Encodable, Hashable, Sendable {
    case clear
    case set(Value)

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .clear: try container.encodeNil()
        case .set(let value): try container.encode(value)
        }
    }

    /// The new value; nil when the field is emptied.
    public var value: Value? {
        if case .set(let value) = self { value } else { nil }
    }
}
