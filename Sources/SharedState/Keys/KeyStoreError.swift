/// Why a change of a key failed.
public enum KeyStoreError: Error, Hashable, Sendable {
    case unknownKey
    /// A revoked key stays revoked: make a new one.
    case revoked
    /// What was asked for cannot be: the text says why.
    case invalid(String)
    case redis(RedisError)
}

extension KeyStoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownKey: "There is no key with that id. `discord-mcp key list` shows all of them."
        case .revoked: "That key is revoked and stays so. Make a new one with `discord-mcp key create`."
        case .invalid(let reason): reason
        case .redis(let error): "\(error)"
        }
    }
}
