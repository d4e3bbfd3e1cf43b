/// A regular expression (ECMA-262, as JSON Schema wants it), matched in time linear in the text: nothing backtracks.
///
/// Look-around and back references are not known: they cannot be matched so.
struct SchemaPattern: Sendable {
    private enum Engine: Sendable {
        case simple(SimplePattern)
        case program(PatternProgram)
    }

    let text: String
    private let engine: Engine

    /// Nil for what is no regular expression, or not one of the kind above, or too large.
    init?(_ text: String) {
        self.text = text
        if let simple = SimplePattern(text) {
            engine = .simple(simple)
        } else if let program = PatternProgram(text) {
            engine = .program(program)
        } else {
            return nil
        }
    }

    /// What the pattern wants, for a message.
    var phrase: String {
        if case .simple(let simple) = engine { simple.phrase } else { "a string that matches \(text)" }
    }

    func matches(_ string: String) -> Bool {
        switch engine {
        case .simple(let simple): simple.matches(string)
        case .program(let program): program.matches(string)
        }
    }
}
