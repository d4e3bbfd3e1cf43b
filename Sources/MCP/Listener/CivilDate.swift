/// A date of the Gregorian calendar, counted in eras of 400 years that begin in March
/// (https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
struct CivilDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// - Parameter days: not negative.
    init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        month = shifted < 10 ? shifted + 3 : shifted - 9
        self.year = year + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
    }
}
