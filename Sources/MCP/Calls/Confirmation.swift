/// What a person must agree to before a dangerous tool does it.
public struct Confirmation: Sendable {
    /// What will happen, with names a person knows, and whether it can be undone.
    public let summary: String
    /// The tool's argument for the token of the second step. It must be in the tool's schema, as an optional string.
    public let tokenArgument: String

    public init(_ summary: String, tokenArgument: String = "confirm_token") {
        self.summary = summary
        self.tokenArgument = tokenArgument
    }

    /// How a confirmation ended.
    public enum Outcome: Sendable {
        case confirmed
        /// Hand this to the caller in place of doing anything: it was declined, or has yet to be confirmed.
        case notConfirmed(ToolResult)
    }

    var form: JSONObject {
        [
            "type": .string("object"),
            "properties": .object([
                "confirm": .object([
                    "type": .string("boolean"), "title": .string("Yes, do it"), "default": .bool(false),
                ])
            ]),
            "required": .array([.string("confirm")]),
        ]
    }
}

extension CallContext {
    /// Gets a confirmation: by a form where the client can show one, else in two steps with a token. Either counts once,
    /// for this caller, this tool and these arguments.
    ///
    /// Call it right before the change: what comes before it in a call may run twice.
    public func confirm(
        _ confirmation: Confirmation,
        for call: ToolCall
    ) async throws(RequestFailure) -> Confirmation.Outcome {
        if let token = call.arguments[confirmation.tokenArgument]?.string {
            if try await redeemConfirmation(token, excluding: confirmation.tokenArgument) { return .confirmed }
            return .notConfirmed(
                .failure(
                    "The \(confirmation.tokenArgument) is not valid for this call: it was used, is too old, or belongs "
                        + "to other arguments. Call again without it for a new one."))
        }
        guard client.elicitsForms else { return .notConfirmed(try secondStep(confirmation, for: call)) }
        let answer = try await ask(
            "confirm", .form(message: confirmation.summary, schema: confirmation.form), usage: .once)
        if answer.field("confirm") == .bool(true) { return .confirmed }
        return .notConfirmed(
            .failure("Not confirmed: the person declined. Nothing was done; do not try again unasked."))
    }

    private func secondStep(
        _ confirmation: Confirmation,
        for call: ToolCall
    ) throws(RequestFailure) -> ToolResult {
        let token = try issueConfirmation(excluding: confirmation.tokenArgument)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("confirmation_required", true)
            writer.member("summary", confirmation.summary)
            writer.member(confirmation.tokenArgument, token)
        }
        // Not the tool's own structured content, whose schema is another.
        return ToolResult(
            text: [
                "Nothing was done yet. Ask the person whether to do this: \(confirmation.summary) When they agree, call "
                    + "\(call.name) again with the same arguments and \(confirmation.tokenArgument).",
                String(decoding: writer.bytes, as: UTF8.self),
            ],
            isError: true)
    }
}
