/// Why a change of a key failed.
public enum KeyStoreError: Error, Hashable, Sendable {
    case unknownKey
    /// A revoked key stays revoked: make a new one.
    case revoked
    /// What was asked for cannot be: the text says why.
    case invalid(String)
    /// There is a record, and it cannot be understood: damaged, or of a newer program.
    case unreadable(String)
    case redis(RedisError)
}

extension KeyStoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownKey: "There is no key with that id. `discord-mcp key list` shows all of them."
        case .revoked: "That key is revoked and stays so. Make a new one with `discord-mcp key create`."
        case .invalid(let reason): reason
        case .unreadable(let id):
            "The record of key \(id) cannot be read: it is damaged, or of a newer program. It lets nobody in; "
                + "`discord-mcp key revoke \(id)` ends it for good."
        case .redis(let error): "\(error)"
        }
    }
}
