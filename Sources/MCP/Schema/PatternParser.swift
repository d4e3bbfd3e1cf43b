/// A regular expression, taken apart.
indirect enum PatternTree {
    case set(PatternSet)
    case start
    case end
    case boundary(isNegated: Bool)
    case sequence([PatternTree])
    case alternatives([PatternTree])
    /// - high: nil: as often as one likes.
    case repeated(PatternTree, low: Int, high: Int?)
}

/// Parses regular expressions of ECMA-262 without look-around and back references.
struct PatternParser {
    private static let maximumDepth = 50

    private var rest: ArraySlice<Unicode.Scalar>
    private var depth = 0

    init(_ text: String) {
        rest = Array(text.unicodeScalars)[...]
    }

    mutating func parse() -> PatternTree? {
        guard let tree = alternatives(), rest.isEmpty else { return nil }
        return tree
    }

    private mutating func alternatives() -> PatternTree? {
        var parts: [PatternTree] = []
        repeat {
            guard let part = sequence() else { return nil }
            parts.append(part)
        } while take("|")
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence() -> PatternTree? {
        var parts: [PatternTree] = []
        while let next = rest.first, next != "|", next != ")" {
            guard let part = atom(), let counted = counted(part) else { return nil }
            parts.append(counted)
        }
        return .sequence(parts)
    }

    private mutating func atom() -> PatternTree? {
        guard let scalar = rest.popFirst() else { return nil }
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .set(PatternSet(ranges: PatternSet.lineEnds, isNegated: true))
        case "[": return characterClass()
        case "(": return group()
        case "\\": return escape()
        case "*", "+", "?", "{", ")": return nil
        default: return .set(PatternSet(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func group() -> PatternTree? {
        if take("?") {
            if take("<") {
                // A name; what begins otherwise looks behind.
                guard let first = rest.first, first != "=", first != "!", let end = rest.firstIndex(of: ">") else {
                    return nil
                }
                rest = rest[(end + 1)...]
            } else if !take(":") {
                return nil
            }
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth, let inner = alternatives(), take(")") else { return nil }
        return inner
    }

    private mutating func escape() -> PatternTree? {
        guard let scalar = rest.popFirst() else { return nil }
        switch scalar {
        case "b": return .boundary(isNegated: false)
        case "B": return .boundary(isNegated: true)
        default:
            var set = PatternSet()
            guard add(escaped: scalar, to: &set) != .nothing else { return nil }
            return .set(set)
        }
    }

    private mutating func characterClass() -> PatternTree? {
        var set = PatternSet()
        set.isNegated = take("^")
        while let scalar = rest.popFirst() {
            if scalar == "]" { return .set(set) }
            guard let low = member(scalar, of: &set) else { return nil }
            guard case .character(let low) = low else { continue }
            guard rest.first == "-", let after = rest.dropFirst().first, after != "]" else { continue }
            rest.removeFirst()
            guard let scalar = rest.popFirst(), case .character(let high)? = member(scalar, of: &set), low <= high
            else {
                return nil
            }
            set.ranges.append(low...high)
        }
        return nil
    }

    private enum Added: Equatable {
        case nothing
        case character(UInt32)
        case characters
    }

    private mutating func member(_ scalar: Unicode.Scalar, of set: inout PatternSet) -> Added? {
        guard scalar == "\\" else {
            set.ranges.append(scalar.value...scalar.value)
            return .character(scalar.value)
        }
        guard let escaped = rest.popFirst() else { return nil }
        if escaped == "b" {
            set.ranges.append(8...8)
            return .character(8)
        }
        if escaped == "-" {
            set.ranges.append(0x2D...0x2D)
            return .character(0x2D)
        }
        let added = add(escaped: escaped, to: &set)
        return added == .nothing ? nil : added
    }

    private mutating func add(escaped scalar: Unicode.Scalar, to set: inout PatternSet) -> Added {
        if set.addClass(scalar) { return .characters }
        if scalar == "p" || scalar == "P" {
            guard take("{"), let end = rest.firstIndex(of: "}") else { return .nothing }
            var name = String(String.UnicodeScalarView(rest[rest.startIndex..<end]))
            for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
                name.removeFirst(prefix.count)
            }
            rest = rest[(end + 1)...]
            guard PatternSet.isCategory(name) else { return .nothing }
            set.categories.append((name, scalar == "P"))
            return .characters
        }
        guard let value = value(escaped: scalar) else { return .nothing }
        set.ranges.append(value...value)
        return .character(value)
    }

    private mutating func value(escaped scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "f": return 0x0C
        case "v": return 0x0B
        case "0": return 0
        case "c":
            guard let letter = rest.popFirst(), letter.isASCII, letter.properties.isAlphabetic else { return nil }
            return letter.value & 0x1F
        case "x": return hexadecimal(2)
        case "u":
            guard take("{") else { return hexadecimal(4) }
            guard let end = rest.firstIndex(of: "}") else { return nil }
            defer { rest = rest[(end + 1)...] }
            return UInt32(String(String.UnicodeScalarView(rest[rest.startIndex..<end])), radix: 16)
        default:
            // Letters and digits that mean nothing, and back references.
            return scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? nil : scalar.value
        }
    }

    private mutating func hexadecimal(_ digits: Int) -> UInt32? {
        guard rest.count >= digits else { return nil }
        defer { rest = rest.dropFirst(digits) }
        return UInt32(String(String.UnicodeScalarView(rest.prefix(digits))), radix: 16)
    }

    private mutating func counted(_ part: PatternTree) -> PatternTree? {
        var counted = part
        switch rest.first {
        case "*": counted = .repeated(part, low: 0, high: nil)
        case "+": counted = .repeated(part, low: 1, high: nil)
        case "?": counted = .repeated(part, low: 0, high: 1)
        case "{":
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let text = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end]))
            let bounds = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            guard let low = bounds.first.flatMap({ Int($0) }), low >= 0 else { return nil }
            let high = bounds.count == 1 ? low : Int(bounds[1])
            guard bounds.count == 1 || bounds[1].isEmpty || high != nil, high.map({ $0 >= low }) ?? true else {
                return nil
            }
            counted = .repeated(part, low: low, high: high)
            rest = rest[end...]
        default: return part
        }
        rest.removeFirst()
        // Whether as much or as little as possible is taken makes no difference to whether there is a match.
        _ = take("?")
        return counted
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }
}
