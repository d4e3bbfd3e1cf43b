#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Discord's JSON to models and back, so that nobody else needs a decoder's options.
public enum DiscordJSON {
    /// Decodes one JSON value; throws `DecodingError` when the bytes are not JSON or lack an id.
    public static func decode<Model: Decodable>(_ type: Model.Type, from bytes: some Sequence<UInt8>) throws -> Model {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// Compact JSON with sorted keys: the same value gives the same bytes.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// The same for what a call sends: properties without a name of their own become `snake_case`.
    static func encode(request body: any RequestBody) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return Array(try encoder.encode(body))
    }
}
