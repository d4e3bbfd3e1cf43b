import Testing

@testable import MCP

@Suite struct SealRingTests {
    private static let old = Array("the old key, long enough".utf8)
    private static let new = Array("the new key, long enough".utf8)

    @Test func opensOnlyWhatItSealed() throws {
        let ring = try #require(SealRing(keys: [Self.new]))
        let content = Array("secret".utf8)
        let sealed = ring.seal(content, for: .cursor, binding: [1])
        #expect(ring.open(sealed, for: .cursor, binding: [1]) == content)
        #expect(ring.seal(content, for: .cursor, binding: [1]) != sealed)
        #expect(ring.open(sealed, for: .cursor, binding: [2]) == nil)
        #expect(ring.open(sealed, for: .requestState, binding: [1]) == nil)
        #expect(!sealed.contains("secret"))
        // No byte of it can be changed, added or left out.
        for index in sealed.indices {
            var changed = sealed
            changed.replaceSubrange(index...index, with: sealed[index] == "A" ? "B" : "A")
            #expect(ring.open(changed, for: .cursor, binding: [1]) == nil)
            changed.remove(at: index)
            #expect(ring.open(changed, for: .cursor, binding: [1]) == nil)
        }
        #expect(ring.open(sealed + "A", for: .cursor, binding: [1]) == nil)
    }

    @Test func keysRotateWithoutABreak() throws {
        let rings = try [[Self.old], [Self.old, Self.new], [Self.new, Self.old], [Self.new]].map {
            try #require(SealRing(keys: $0))
        }
        for (earlier, later) in zip(rings, rings.dropFirst()) {
            #expect(later.open(earlier.seal([7], for: .cursor, binding: []), for: .cursor, binding: []) == [7])
            #expect(earlier.open(later.seal([7], for: .cursor, binding: []), for: .cursor, binding: []) == [7])
        }
        let first = rings[0].seal([7], for: .cursor, binding: [])
        #expect(rings[3].open(first, for: .cursor, binding: []) == nil)
    }

    @Test func weakKeysAreRefused() {
        #expect(SealRing(keys: []) == nil)
        #expect(SealRing(keys: [Self.old, [1, 2, 3]]) == nil)
    }

    @Test(arguments: [[UInt8]](arrayLiteral: [], [0], [0, 1], [0, 1, 2], [255, 254, 253, 252]))
    func base64HasOneSpelling(_ bytes: [UInt8]) {
        let text = Base64URL.encode(bytes)
        #expect(Base64URL.decode(text) == bytes)
        for wrong in [text + "=", text + "A", "+" + text] { #expect(Base64URL.decode(wrong) != bytes) }
        #expect(Base64URL.decode("AB") == nil)
        #expect(Base64URL.decode("A") == nil)
    }

    @Test func otherArgumentsAreAnotherCall() throws {
        func bytes(_ json: String, principal: String = "ada", excluding: String? = nil) throws -> [UInt8] {
            let arguments = try #require(try JSONReader.read(Array(json.utf8)).object)
            return CallBinding(principal: principal, method: "tools/call", target: "t", arguments: arguments)
                .bytes(excluding: excluding)
        }
        let one = try bytes(#"{"a":1,"b":{"c":[1.0,"x"],"d":null}}"#)
        #expect(try bytes(#"{ "b":{"d":null,"c":[1,"\u0078"]},"a":1.0 }"#) == one)
        for other in [#"{"a":1}"#, #"{"a":"1","b":{"c":[1,"x"],"d":null}}"#, #"{"a":1,"b":{"c":["x",1],"d":null}}"#] {
            #expect(try bytes(other) != one)
        }
        #expect(try bytes(#"{"a":1,"b":{"c":[1,"x"],"d":null}}"#, principal: "eve") != one)
        #expect(try bytes(#"{"a":1,"t":"x"}"#, excluding: "t") == bytes(#"{"a":1}"#))
    }
}
