/// What a client can be asked, as it declared it: per request in the modern era, at the beginning of its session in the
/// legacy one.
public struct ClientCapabilities: Sendable, Equatable {
    let json: JSONObject

    public init(_ json: JSONObject = JSONObject()) {
        self.json = json
    }

    /// An `elicitation` that names no mode means forms.
    public var elicitsForms: Bool {
        guard let elicitation = json["elicitation"]?.object else { return false }
        return elicitation["form"] != nil || elicitation["url"] == nil
    }

    public var elicitsURLs: Bool {
        json["elicitation"]?["url"] != nil
    }

    public var samples: Bool {
        json["sampling"] != nil
    }

    /// Whether the client's model may use tools that a question brings.
    public var samplesWithTools: Bool {
        json["sampling"]?["tools"] != nil
    }

    /// Whether a question may include the context of the client's servers.
    public var samplesWithContext: Bool {
        json["sampling"]?["context"] != nil
    }

    public var listsRoots: Bool {
        json["roots"] != nil
    }

    public func hasExtension(_ name: String) -> Bool {
        json["extensions"]?[name] != nil
    }

    /// Only what decides whether a question may be asked: it is kept in session ids, which must stay short.
    var essence: ClientCapabilities {
        var kept = JSONObject()
        if elicitsForms || elicitsURLs {
            var modes = JSONObject()
            if elicitsForms { modes["form"] = .object([:]) }
            if elicitsURLs { modes["url"] = .object([:]) }
            kept["elicitation"] = .object(modes)
        }
        if samples {
            var more = JSONObject()
            if samplesWithTools { more["tools"] = .object([:]) }
            if samplesWithContext { more["context"] = .object([:]) }
            kept["sampling"] = .object(more)
        }
        if listsRoots { kept["roots"] = .object([:]) }
        return ClientCapabilities(kept)
    }
}
