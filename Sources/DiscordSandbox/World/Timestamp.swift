import Contracts
import Foundation

/// A moment in unix milliseconds, written as Discord writes it: `2026-08-06T12:34:56.789000+00:00`.
struct Timestamp: Hashable, Comparable, Sendable {
    let milliseconds: Int64

    static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
    static func + (time: Timestamp, seconds: Double) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds + Int64((seconds * 1000).rounded()))
    }
    static func - (left: Timestamp, right: Timestamp) -> Double {
        Double(left.milliseconds - right.milliseconds) / 1000
    }
}

extension Timestamp {
    static var current: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// As the `Date` header has it: `Thu, 06 Aug 2026 12:34:56 GMT`.
    var httpDate: String {
        let days = Int((milliseconds - milliseconds.mod(86_400_000)) / 86_400_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = description.dropFirst(11).prefix(8)
        return "\(weekday), \(Self.padded(day, 2)) \(names[month - 1]) \(Self.padded(year, 4)) \(time) GMT"
    }

    static let secondsPerDay: Double = 86_400

    var startOfDay: Timestamp { Timestamp(milliseconds: milliseconds - milliseconds.mod(86_400_000)) }
}

extension Snowflake {
    var createdAt: Timestamp { Timestamp(milliseconds: unixMilliseconds) }
}

extension Timestamp: CustomStringConvertible {
    var description: String {
        let days = (milliseconds - milliseconds.mod(86_400_000)) / 86_400_000
        let rest = Int(milliseconds.mod(86_400_000))
        let (year, month, day) = Self.civil(fromDays: Int(days))
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { Self.padded($0, 2) }
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T"
            + clock.joined(separator: ":") + ".\(Self.padded(rest % 1000, 3))000+00:00"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // Howard Hinnant's civil calendar: years start in March, so that the leap day comes last.
    private static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// ISO 8601 with seconds; a fraction and an offset (`Z`, `+02:00`) may follow.
    init?(iso8601 text: String) {
        var rest = Substring(text)
        func number(_ width: Int, then separators: String) -> Int? {
            guard rest.count >= width, let value = Int(rest.prefix(width)), rest.first?.isNumber == true else {
                return nil
            }
            rest.removeFirst(width)
            if !separators.isEmpty {
                guard let next = rest.first, separators.contains(next) else { return nil }
                rest.removeFirst()
            }
            return value
        }
        guard let year = number(4, then: "-"), let month = number(2, then: "-"), let day = number(2, then: "Tt "),
            let hour = number(2, then: ":"), let minute = number(2, then: ":"), let second = number(2, then: ""),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var milliseconds = 0
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isNumber }
            guard !digits.isEmpty else { return nil }
            milliseconds = Int(String((digits + "00").prefix(3))) ?? 0
            rest = rest.dropFirst(digits.count + 1)
        }
        var offset = 0
        if rest.first == "+" || rest.first == "-" {
            let sign = rest.removeFirst() == "+" ? 1 : -1
            guard let hours = number(2, then: rest.contains(":") ? ":" : ""), let minutes = number(2, then: "") else {
                return nil
            }
            offset = sign * (hours * 60 + minutes)
        } else if rest == "Z" || rest == "z" {
            rest = ""
        }
        guard rest.isEmpty else { return nil }
        let dayMinutes = Self.days(year: year, month: month, day: day) * 1440 + hour * 60 + minute - offset
        self.init(milliseconds: (Int64(dayMinutes) * 60 + Int64(second)) * 1000 + Int64(milliseconds))
    }
}

extension Int64 {
    fileprivate func mod(_ divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}
