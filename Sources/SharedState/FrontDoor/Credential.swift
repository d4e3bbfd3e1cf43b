import Contracts

/// Who a bearer text claims to be, as far as that shows without Redis: a whole key, or a token with our signature.
struct Credential: Hashable {
    let keyID: String
    /// Empty for a token, whose signature stands for the secret.
    let secretDigest: String
    /// Of a token; the record must agree. Empty for a key.
    let tenant: String
    /// Of a token: that of the secret it was got with. Zero for a key.
    let generation: Int64
    /// A token never gives more than it was issued for, even when the key's level rose since.
    let ceiling: AccessLevel

    init(_ key: APIKey) {
        keyID = key.id
        secretDigest = key.secretDigest
        tenant = ""
        generation = 0
        ceiling = .admin
    }

    init(_ claims: TokenClaims) {
        keyID = claims.keyID
        secretDigest = ""
        tenant = claims.tenant
        generation = claims.generation
        ceiling = claims.level
    }

    func bounding(_ grant: AccessGrant) -> AccessGrant {
        var grant = grant
        grant.level = min(grant.level, ceiling)
        return grant
    }
}
