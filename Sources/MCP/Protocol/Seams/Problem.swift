public import HTTPTypes

/// An error outside the protocol, told as RFC 9457 problem details.
public struct Problem: Error, Sendable {
    public var status: HTTPResponse.Status
    /// What went wrong, the same words for the same kind of problem.
    public var title: String
    /// What it was this time and what to do next.
    public var detail: String?
    /// Header fields of the response: `WWW-Authenticate`, `Retry-After`, `Allow` and the like.
    public var headers: HTTPFields
    /// Further members, for programs.
    public var members: JSONObject

    public init(
        _ status: HTTPResponse.Status,
        title: String? = nil,
        detail: String? = nil,
        headers: HTTPFields = HTTPFields(),
        members: JSONObject = JSONObject()
    ) {
        self.status = status
        self.title = title ?? status.reasonPhrase
        self.detail = detail
        self.headers = headers
        self.members = members
    }

    /// The JSON text.
    /// - Parameter instance: the request's id, so that a report of it can be found in the logs.
    public func encoded(instance: String? = nil) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            writer.member("type", "about:blank")
            writer.member("title", title)
            writer.member("status", status.code)
            writer.member("detail", ifPresent: detail)
            writer.member("instance", ifPresent: instance.map { "urn:request:" + $0 })
            for member in members.members {
                writer.member(member.name, member.value)
            }
        }
        return writer.bytes
    }
}
