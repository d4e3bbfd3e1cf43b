/// Names of the Redis keys. The part in braces is the cluster's hash tag: the tenant's tag, which every key id begins
/// with, so one script call finds all that it needs in one slot.
enum KeyNames {
    /// The ids of all keys. In a slot of its own: never used together with the others.
    static let index = "dmcp:keys"

    static func record(_ id: String) -> String { "\(slot(id))key:\(id)" }

    static func keyLimit(_ id: String) -> String { "\(slot(id))limit:key:\(id)" }

    static func classLimit(_ id: String, class name: String) -> String { "\(slot(id))limit:\(name):\(id)" }

    /// The script appends the tenant, which only the record tells.
    static func tenantLimitPrefix(_ id: String) -> String { "\(slot(id))limit:tenant:" }

    private static func slot(_ id: String) -> String { "dmcp:{\(id.prefix(3))}:" }
}
