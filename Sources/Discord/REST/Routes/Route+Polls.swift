import Contracts

extension Route {
    static let getAnswerVoters = Route(
        .get, "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}",
        needs: .readMessageHistory, page: "resources/poll#get-answer-voters")
    static let endPoll = Route(
        .post, "/channels/{channel_id}/polls/{message_id}/expire",
        repeatable: true, lane: .post, page: "resources/poll#end-poll")

    static let polls: [Route] = [
        .getAnswerVoters, .endPoll,
    ]
}
