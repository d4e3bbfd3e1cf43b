/// Discord blocks an address after 10,000 answers of 401, 403 and 429 (unless its scope is shared) in ten minutes. All
/// processes of a bot stop long before, since other bots may live at the same address.
/// Source: <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
public enum InvalidRequestLimit {
    public static let count = 4000
    public static let window: Duration = .seconds(600)

    /// Whether Discord counts an answer towards the block.
    public static func counts(_ report: RateReport) -> Bool {
        switch report.status {
        case 401, 403: true
        case 429: report.scope != .shared
        default: false
        }
    }
}
