import Contracts
import Crypto
import JWTKit
import TestSupport
import Testing

@testable import SharedState

@Suite(.timeLimit(.minutes(1))) struct TokenTests {
    private let grant = AccessGrant(keyID: "abcdefghij", tenant: "acme", name: "k", level: .moderate)

    private func issue(_ issuer: TokenIssuer, _ grant: AccessGrant? = nil) async throws -> IssuedToken {
        var random = SeededGenerator(seed: 3)
        return try await issuer.issue(for: grant ?? self.grant, generation: 3, using: &random)
    }

    @Test func roundTrip() async throws {
        let tokens = try await issuer()
        let issued = try await issue(tokens)
        let claims = try await tokens.verify(issued.text)
        #expect(claims == issued.claims)
        #expect(claims.keyID == grant.keyID)
        #expect(claims.tenant == "acme")
        #expect(claims.level == .moderate)
        #expect(claims.generation == 3)
        #expect(issued.lifetime == 900)
    }

    @Test func expiresAtItsSecond() async throws {
        let time = VirtualTime(1_800_000_000_000)
        let tokens = try await issuer(now: time)
        let issued = try await issue(tokens)
        time.advance(899_999)
        _ = try await tokens.verify(issued.text)
        time.advance(1)
        await #expect(throws: TokenError.expired) { try await tokens.verify(issued.text) }
    }

    @Test func doesNotOutliveItsKey() async throws {
        let time = VirtualTime(1_800_000_000_000)
        let tokens = try await issuer(now: time)
        var grant = grant
        grant.expiresAt = 1_800_000_060_000
        #expect(try await issue(tokens, grant).lifetime == 60)
    }

    @Test func fromTheFuture() async throws {
        let ahead = VirtualTime(1_800_000_010_000)
        let issued = try await issue(try await issuer(now: ahead))
        let tokens = try await issuer(now: VirtualTime(1_800_000_000_000))
        await #expect(throws: TokenError.invalid) { try await tokens.verify(issued.text) }
    }

    @Test func everyChangedCharacterIsNoticed() async throws {
        let tokens = try await issuer()
        let text = Array(try await issue(tokens).text.utf8)
        // The last character carries padding bits that do not count.
        for index in text.indices.dropLast() where index % 3 == 0 {
            var changed = text
            changed[index] = text[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            await #expect(throws: TokenError.self) { try await tokens.verify(String(decoding: changed, as: UTF8.self)) }
        }
    }

    @Test func otherSecretIssuerOrAudience() async throws {
        let tokens = try await issuer()
        let other = try await issue(try await issuer("another-0pYw5ZkB2xJd7HcF9mGs4QaE1uRi6"))
        await #expect(throws: TokenError.invalid) { try await tokens.verify(other.text) }
        let elsewhere = try await issue(try await issuer(audience: "https://mcp.example/mcp/"))
        await #expect(throws: TokenError.invalid) { try await tokens.verify(elsewhere.text) }
    }

    private var payload: TokenPayload {
        let now = WallClock.unixMilliseconds / 1000
        return TokenPayload(
            iss: "https://mcp.example", aud: "https://mcp.example/mcp", sub: "abcdefghij", tenant: "acme",
            level: "admin", gen: 0,
            iat: now, nbf: now, exp: now + 60, jti: "1")
    }

    @Test func otherAlgorithmsWithTheRightSecret() async throws {
        let tokens = try await issuer()
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: goodSecret), digestAlgorithm: .sha256)
        _ = try await tokens.verify(try await keys.sign(payload))

        let longer = JWTKeyCollection()
        await longer.add(hmac: HMACKey(from: goodSecret), digestAlgorithm: .sha512)
        let text = try await longer.sign(payload)
        await #expect(throws: TokenError.invalid) { try await tokens.verify(text) }

        let unsigned = JWTKeyCollection()
        await unsigned.addUnsecuredNone()
        let none = try await unsigned.sign(payload)
        await #expect(throws: TokenError.invalid) { try await tokens.verify(none) }
    }

    /// HMAC-SHA256 under a header that claims something else.
    @Test(arguments: [
        #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"HS512","typ":"JWT"}"#, #"{"typ":"JWT"}"#,
        #"{"alg":"HS256","typ":"JWT","crit":["exp"],"exp":1}"#,
    ])
    func honestSignatureUnderAnotherHeader(_ header: String) async throws {
        let tokens = try await issuer()
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: goodSecret), digestAlgorithm: .sha256)
        let body = try await keys.sign(payload).split(separator: ".")[1]
        let signed = base64URL(Array(header.utf8)) + "." + body
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(signed.utf8), using: SymmetricKey(data: Array(goodSecret.utf8)))
        await #expect(throws: TokenError.invalid) { try await tokens.verify(signed + "." + base64URL(Array(code))) }
    }

    @Test func longLifeIsNotOurs() async throws {
        let tokens = try await issuer()
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: goodSecret), digestAlgorithm: .sha256)
        let now = payload.iat
        let long = TokenPayload(
            iss: payload.iss, aud: payload.aud, sub: payload.sub, tenant: "acme", level: "admin", gen: 0, iat: now,
            nbf: now,
            exp: now + 901, jti: "1")
        let text = try await keys.sign(long)
        await #expect(throws: TokenError.invalid) { try await tokens.verify(text) }
    }

    @Test(arguments: ["", "a", "a.b", "a.b.c", "..", "a.b.c.d", String(repeating: "a.", count: 3000)])
    func noise(_ text: String) async throws {
        let tokens = try await issuer()
        await #expect(throws: TokenError.self) { try await tokens.verify(text) }
    }

    private func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        var rest: UInt32 = 0
        var bits = 0
        for byte in bytes {
            rest = rest << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(rest >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(rest << UInt32(6 - bits) & 63)]) }
        return text
    }
}

@Suite struct JWTSecretTests {
    @Test(arguments: [
        "short", String(repeating: "a", count: 64), String(repeating: "abcdefgh1", count: 5),
        "change-me-change_me-0123456789-xyz",
        "your-super-secret-key-of-32-bytes-or-more", "abcdefghijklmnopqrstuvwxyz0123456789",
        "1212121212121212121212121212121212",
    ])
    func weak(_ text: String) {
        let weakness = #expect(throws: JWTSecret.Weakness.self) { try JWTSecret.validate(text) }
        #expect(weakness.map { "\($0)".contains(text) } == false)
    }

    @Test func strong() throws {
        try JWTSecret.validate(goodSecret)
        try JWTSecret.validate("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        var random = SeededGenerator(seed: 4)
        for _ in 0..<100 { try JWTSecret.validate(JWTSecret.generate(using: &random)) }
    }
}

@Suite struct SessionSignerTests {
    @Test func roundTripAndTampering() throws {
        let signer = SessionSigner(secret: try JWTSecret(goodSecret))
        let payload = "2025-11-25.abcdefghij.Xy9"
        let text = try #require(signer.sign(payload))
        #expect(signer.verify(text) == payload)
        #expect(SessionSigner(secret: try JWTSecret(goodSecret)).verify(text) == payload)
        for index in text.indices {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "0" ? "1" : "0")
            #expect(signer.verify(changed) == nil)
        }
        #expect(signer.verify(text.uppercased()) == nil)
        #expect(signer.verify(payload) == nil)
        #expect(signer.verify("") == nil)
        let other = SessionSigner(secret: try JWTSecret("another-0pYw5ZkB2xJd7HcF9mGs4QaE1uRi6"))
        #expect(other.verify(text) == nil)
    }

    @Test func onlyVisibleASCII() throws {
        let signer = SessionSigner(secret: try JWTSecret(goodSecret))
        for payload in ["", "a b", "a\n", "é", String(repeating: "x", count: 513)] {
            #expect(signer.sign(payload) == nil)
        }
    }
}
