import Contracts
import NIOHTTP1

/// Discord's answer, read to its end.
struct RESTAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var isSuccess: Bool { (200..<300).contains(status) }

    /// A proxy can cut an answer without breaking HTTP. What was done is then as unknown as without an answer.
    var isCutOff: Bool {
        guard isSuccess, let first = body.first else { return false }
        let last = body.last { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        return switch first {
        case UInt8(ascii: "{"): last != UInt8(ascii: "}") || body.count == 1
        case UInt8(ascii: "["): last != UInt8(ascii: "]") || body.count == 1
        default: false
        }
    }

    /// Of a 429: the body's seconds (exact), else the header's (whole).
    /// Source: <https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit>
    func retryAfter(_ error: DiscordErrorBody?) -> Duration? {
        (error?.retryAfter ?? number("Retry-After")).map { .milliseconds(Int64(max(0, min($0, 86_400)) * 1000) + 1) }
    }

    var errorBody: DiscordErrorBody? {
        isSuccess ? nil : try? DiscordJSON.decode(DiscordErrorBody.self, from: body)
    }

    /// What the rate ledger learns.
    func rateReport(_ error: DiscordErrorBody?) -> RateReport {
        var report = RateReport(status: status)
        report.bucket = headers.first(name: "X-RateLimit-Bucket")
        report.limit = number("X-RateLimit-Limit").map { Int($0) }
        report.remaining = number("X-RateLimit-Remaining").map { Int($0) }
        report.resetAfter = number("X-RateLimit-Reset-After").map { .milliseconds(Int64($0 * 1000) + 1) }
        report.judgedAt = judgedAt
        guard status == 429 else { return report }
        report.retryAfter = retryAfter(error)
        if let scope = headers.first(name: "X-RateLimit-Scope").flatMap({ RateReport.Scope(rawValue: $0) }) {
            report.scope = scope
        } else {
            let isGlobal = error?.global ?? (headers.first(name: "X-RateLimit-Global") == "true")
            report.scope = isGlobal ? .global : .user
        }
        return report
    }

    /// Whole seconds would say too little: Discord's documentation promises milliseconds for neither header.
    private var judgedAt: Duration? {
        guard let resetText = headers.first(name: "X-RateLimit-Reset"), resetText.contains("."),
            let reset = Double(resetText), reset > 0, reset < 1e11, let after = number("X-RateLimit-Reset-After")
        else { return nil }
        return .microseconds(Int64((reset * 1000).rounded()) * 1000 - Int64((after * 1000).rounded()) * 1000)
    }

    /// A header's figure, cut to a range that every conversion takes.
    private func number(_ name: String) -> Double? {
        guard let text = headers.first(name: name), let value = Double(text), value.isFinite else { return nil }
        return max(0, min(value, 1e9))
    }
}
