/// A poll of a new message.
/// Source: <https://discord.com/developers/docs/resources/poll#poll-create-request-object>
public struct CreatePoll: Hashable, Sendable, Encodable {
    struct Media: Hashable, Encodable {
        let text: String
    }

    struct Answer: Hashable, Encodable {
        let media: Media

        enum CodingKeys: String, CodingKey {
            case media = "poll_media"
        }
    }

    /// At most 300 characters.
    public var question: String
    /// 1 to 10, of at most 55 characters each.
    public var answers: [String]
    /// 1 to 768 (32 days).
    public var hours: Int
    public var allowsMultiple: Bool

    public init(question: String, answers: [String], hours: Int = 24, allowsMultiple: Bool = false) {
        self.question = question
        self.answers = answers
        self.hours = hours
        self.allowsMultiple = allowsMultiple
    }

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(question, 1...300, "question")
        limits.count(answers, 1...10, "answers")
        for (index, answer) in answers.enumerated() { limits.length(answer, 1...55, "answers[\(index)]") }
        limits.value(hours, 1...768, "duration")
        return limits.problems
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Media(text: question), forKey: .question)
        try container.encode(answers.map { Answer(media: Media(text: $0)) }, forKey: .answers)
        try container.encode(hours, forKey: .hours)
        try container.encode(allowsMultiple, forKey: .allowsMultiple)
        try container.encode(1, forKey: .layout)
    }

    enum CodingKeys: String, CodingKey {
        case question, answers
        case hours = "duration"
        case allowsMultiple = "allow_multiselect"
        case layout = "layout_type"
    }
}
