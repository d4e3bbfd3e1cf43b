import ArgumentParser

/// A time such as `30d`, `12h`, `45m` or `10s`.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let seconds: Int64

    init(seconds: Int64) {
        self.seconds = seconds
    }

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()),
            (0...1_000_000_000).contains(count)
        else { return nil }
        seconds = count * unit
    }

    var description: String { seconds.isMultiple(of: 3600) && seconds > 0 ? "\(seconds / 3600)h" : "\(seconds)s" }
}
