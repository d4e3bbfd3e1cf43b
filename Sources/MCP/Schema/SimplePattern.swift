/// The part of regular expressions that most schemas need, matched in time linear in the text, whatever the counts.
///
/// Characters, `.`, classes (`[a-z0-9_]`, `[^/]`, `\d`, `\w`, `\s`), counts (`*`, `+`, `?`, `{m}`, `{m,}`, `{m,n}`)
/// and the anchors `^` and `$` at the ends. No groups and no alternatives: ``PatternProgram`` has those.
struct SimplePattern: Sendable {
    private struct Element: Sendable {
        var ranges: [ClosedRange<UInt32>]
        var negated: Bool
        var count: ClosedRange<Int>

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            ranges.contains { $0.contains(scalar.value) } != negated
        }
    }

    let text: String
    private var elements: [Element] = []
    private var anchoredStart = false
    private var anchoredEnd = false

    /// Nil when the pattern uses more than this type knows.
    init?(_ text: String) {
        self.text = text
        var scalars = Array(text.unicodeScalars)[...]
        if scalars.first == "^" {
            anchoredStart = true
            scalars.removeFirst()
        }
        while let scalar = scalars.popFirst() {
            if scalar == "$", scalars.isEmpty {
                anchoredEnd = true
                break
            }
            guard var element = Self.element(scalar, &scalars), let count = Self.count(&scalars) else { return nil }
            element.count = count
            elements.append(element)
        }
    }

    /// What the pattern wants, for a message.
    var phrase: String {
        let digits: ClosedRange<UInt32> = 0x30...0x39
        guard anchoredStart, anchoredEnd, elements.count == 1, elements[0].ranges == [digits], !elements[0].negated
        else { return "a string that matches \(text)" }
        let count = elements[0].count
        if count.upperBound == .max { return "a string of digits" }
        return count.lowerBound == count.upperBound
            ? "a string of \(count.lowerBound) digits"
            : "a string of \(count.lowerBound) to \(count.upperBound) digits"
    }

    func matches(_ string: String) -> Bool {
        let scalars = Array(string.unicodeScalars)
        var reached = [Bool](repeating: !anchoredStart, count: scalars.count + 1)
        reached[0] = true
        for element in elements {
            reached = Self.advance(reached, over: element, in: scalars)
        }
        return anchoredEnd ? reached[scalars.count] : reached.contains(true)
    }

    /// The positions that can be reached from some reached position by one element. A run of n matching characters
    /// lets a position reach an interval after it; the intervals are summed up by their ends.
    private static func advance(_ reached: [Bool], over element: Element, in scalars: [Unicode.Scalar]) -> [Bool] {
        var run = 0
        var change = [Int](repeating: 0, count: reached.count + 1)
        for position in stride(from: scalars.count, through: 0, by: -1) {
            run = position < scalars.count && element.matches(scalars[position]) ? run + 1 : 0
            guard reached[position], run >= element.count.lowerBound else { continue }
            change[position + element.count.lowerBound] += 1
            change[position + min(run, element.count.upperBound) + 1] -= 1
        }
        var open = 0
        return change.dropLast().map { delta in
            open += delta
            return open > 0
        }
    }

    private static func element(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) -> Element? {
        switch scalar {
        case ".": return Element(ranges: [0x0A...0x0A, 0x0D...0x0D], negated: true, count: 1...1)
        case "[": return characterClass(&rest)
        case "\\":
            guard let escaped = rest.popFirst(), let ranges = escape(escaped) else { return nil }
            return Element(ranges: ranges, negated: false, count: 1...1)
        case "(", ")", "|", "*", "+", "?", "{", "}", "]", "^", "$": return nil
        default: return Element(ranges: [scalar.value...scalar.value], negated: false, count: 1...1)
        }
    }

    private static func characterClass(_ rest: inout ArraySlice<Unicode.Scalar>) -> Element? {
        var element = Element(ranges: [], negated: false, count: 1...1)
        if rest.first == "^" {
            element.negated = true
            rest.removeFirst()
        }
        while let scalar = rest.popFirst() {
            if scalar == "]" {
                return element.ranges.isEmpty ? nil : element
            }
            if scalar == "\\" {
                guard let escaped = rest.popFirst(), let ranges = escape(escaped) else { return nil }
                element.ranges += ranges
            } else if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
                guard end != "\\", end.value >= scalar.value else { return nil }
                rest.removeFirst(2)
                element.ranges.append(scalar.value...end.value)
            } else {
                element.ranges.append(scalar.value...scalar.value)
            }
        }
        return nil
    }

    private static func escape(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
        switch scalar {
        case "d": [0x30...0x39]
        case "w": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
        case "s": [0x09...0x0D, 0x20...0x20]
        case "n": [0x0A...0x0A]
        case "t": [0x09...0x09]
        case let scalar where scalar.properties.isAlphabetic || scalar.properties.numericType != nil: nil
        default: [scalar.value...scalar.value]
        }
    }

    private static func count(_ rest: inout ArraySlice<Unicode.Scalar>) -> ClosedRange<Int>? {
        switch rest.first {
        case "*":
            rest.removeFirst()
            return 0...Int.max
        case "+":
            rest.removeFirst()
            return 1...Int.max
        case "?":
            rest.removeFirst()
            return 0...1
        case "{":
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let bounds = rest[(rest.startIndex + 1)..<end]
                .split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
                .map { String(String.UnicodeScalarView($0)) }
            rest = rest[(end + 1)...]
            guard let first = bounds.first, let low = Int(first), low >= 0 else { return nil }
            guard let last = bounds.dropFirst().first else { return low...low }
            if last.isEmpty { return low...Int.max }
            guard let high = Int(last), high >= low else { return nil }
            return low...high
        default: return 1...1
        }
    }
}
