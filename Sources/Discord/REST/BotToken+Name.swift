extension BotToken {
    /// Names the bot in state that processes share, the same in each of them, without giving the token away.
    ///
    /// The first of a token's three parts is the bot's user id, which is no secret; a token of another form, of a
    /// compatible server, is named by a hash (FNV-1a).
    public var sharedName: String {
        let parts = secret.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 3, !parts[0].isEmpty { return String(parts[0]) }
        return secret.hashedName
    }
}

extension String {
    /// FNV-1a: the same in each process, and not the text itself.
    var hashedName: String {
        String(utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
}
