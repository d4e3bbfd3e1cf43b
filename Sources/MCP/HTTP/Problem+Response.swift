public import HTTPTypes
public import Hummingbird

extension Problem: HTTPResponseError {
    public func response(from request: Request, context: some RequestContext) -> Response {
        response(requestID: (context as? EdgeContext)?.requestID)
    }

    func response(requestID: String?) -> Response {
        var response = Response(status: status, json: encoded(instance: requestID), headers: headers)
        response.headers[.contentType] = "application/problem+json"
        return response
    }
}

extension Response {
    /// A response of finished JSON.
    public init(status: HTTPResponse.Status = .ok, json: [UInt8], headers: HTTPFields = HTTPFields()) {
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
        self.headers[.contentType] = "application/json"
    }
}
