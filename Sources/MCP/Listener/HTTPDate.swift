import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The value of the `Date` header (RFC 9110 5.6.7), formatted once a second.
struct HTTPDate: Sendable {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private let cached = NIOLockedValueBox<(second: Int, text: String)>((.min, ""))

    /// - Parameter second: unix seconds, not negative.
    func text(at second: Int = Int(Date().timeIntervalSince1970)) -> String {
        cached.withLockedValue { cached in
            if cached.second != second {
                cached = (second, Self.format(second))
            }
            return cached.text
        }
    }

    private static func format(_ second: Int) -> String {
        let (day, time) = second.quotientAndRemainder(dividingBy: 86400)
        let date = CivilDate(daysSince1970: day)
        return "\(days[day % 7]), \(padded(date.day)) \(months[date.month - 1]) \(date.year) "
            + "\(padded(time / 3600)):\(padded(time / 60 % 60)):\(padded(time % 60)) GMT"
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
