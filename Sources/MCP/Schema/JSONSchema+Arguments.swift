extension JSONSchema {
    /// Nil when the arguments satisfy the schema, else what is wrong with them, for a model to correct.
    func complaint(about arguments: JSONObject) -> String? {
        let violations = violations(in: .object(arguments))
        guard !violations.isEmpty else { return nil }
        return (["The arguments are not valid:"] + violations.map { "- \($0)" }).joined(separator: "\n")
    }
}
