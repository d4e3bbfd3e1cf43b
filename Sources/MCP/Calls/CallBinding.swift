import Crypto

/// What a call is, so that a sealed text of one call is worth nothing in another: who calls, the method, its target and
/// its arguments.
struct CallBinding: Sendable {
    let principal: String
    let method: String
    /// The name of the tool or prompt, or the resource's URI.
    let target: String
    let arguments: JSONObject

    /// - Parameter argument: one that does not count.
    func bytes(excluding argument: String? = nil) -> [UInt8] {
        var counted = arguments
        if let argument { counted[argument] = nil }
        var writer = JSONWriter(capacity: 256)
        writer.array { writer in
            writer.string(principal)
            writer.string(method)
            writer.string(target)
            writer.value(JSONValue.object(counted).canonical)
        }
        return Array(SHA256.hash(data: writer.bytes))
    }
}

extension JSONValue {
    /// The same value in one spelling: members by name, whole numbers as whole numbers.
    var canonical: JSONValue {
        switch self {
        case .null, .bool, .string: return self
        case .number(let number): return number.integer.map { .number(JSONNumber($0)) } ?? self
        case .array(let elements): return .array(elements.map(\.canonical))
        case .object(let object):
            var sorted = JSONObject()
            for member in object.members.sorted(by: { $0.name < $1.name }) {
                sorted.append(member.name, member.value.canonical)
            }
            return .object(sorted)
        }
    }
}
