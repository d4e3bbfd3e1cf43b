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
        let date = civil(day)
        return "\(days[day % 7]), \(padded(date.day)) \(months[date.month - 1]) \(date.year) "
            + "\(padded(time / 3600)):\(padded(time / 60 % 60)):\(padded(time % 60)) GMT"
    }

    /// Days since 1970 to a date of the Gregorian calendar, counted in eras of 400 years that begin in March
    /// (https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
