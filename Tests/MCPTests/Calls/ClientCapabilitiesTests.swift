import Testing

@testable import MCP

@Suite struct ClientCapabilitiesTests {
    /// What a client declared, a question, and what is missing for it.
    static let cases: [(String, InputRequest, String?)] = [
        ("{}", .form(message: "", schema: [:]), #"{"elicitation":{"form":{}}}"#),
        (#"{"elicitation":{}}"#, .form(message: "", schema: [:]), nil),
        (#"{"elicitation":{"form":{}}}"#, .form(message: "", schema: [:]), nil),
        (#"{"elicitation":{"url":{}}}"#, .form(message: "", schema: [:]), #"{"elicitation":{"form":{}}}"#),
        (#"{"elicitation":{}}"#, .url(message: "", url: ""), #"{"elicitation":{"url":{}}}"#),
        (#"{"elicitation":{"form":{},"url":{}}}"#, .url(message: "", url: ""), nil),
        ("{}", .sample([:]), #"{"sampling":{}}"#), (#"{"sampling":{}}"#, .sample([:]), nil),
        (#"{"sampling":{}}"#, .sample(["tools": .array([])]), #"{"sampling":{"tools":{}}}"#),
        (#"{"sampling":{"tools":{}}}"#, .sample(["tools": .array([])]), nil),
        (#"{"sampling":{}}"#, .sample(["includeContext": .string("allServers")]), #"{"sampling":{"context":{}}}"#),
        (#"{"sampling":{}}"#, .sample(["includeContext": .string("none")]), nil),
        ("{}", .roots, #"{"roots":{}}"#), (#"{"roots":{"listChanged":true}}"#, .roots, nil),
    ]

    @Test(arguments: cases)
    func whatIsMissing(_ declared: String, _ question: InputRequest, _ missing: String?) throws {
        let client = ClientCapabilities(try #require(try JSONReader.read(Array(declared.utf8)).object))
        let expected = try missing.map { try JSONReader.read(Array($0.utf8)) }
        #expect(question.missing(in: client).map { .object($0) } == expected)
        // What a session id keeps of it decides the same.
        #expect(question.missing(in: client.essence).map { .object($0) } == expected)
    }
}
