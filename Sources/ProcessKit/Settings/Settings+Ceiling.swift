public import Contracts

extension Settings {
    /// What the operator allows at most, whatever a key says; front door and executor each apply it.
    public var operatorCeiling: OperatorCeiling {
        let names = self[.toolsets]
        return OperatorCeiling(readOnly: self[.readOnly], toolsets: names.isEmpty ? .all : .only(Set(names)))
    }
}
