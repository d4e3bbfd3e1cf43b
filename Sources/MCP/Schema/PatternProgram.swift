/// A regular expression as a program for a machine that follows all ways at once (Thompson's construction): the time is
/// the length of the text times the length of the program.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case match
        case set(PatternSet)
        case jump(Int)
        case fork(Int, Int)
        case start
        case end
        case boundary(isNegated: Bool)
    }

    static let maximumLength = 4000

    private let instructions: [Instruction]

    /// Nil for what cannot be compiled, or would be too long.
    init?(_ text: String) {
        var parser = PatternParser(text)
        guard let tree = parser.parse() else { return nil }
        var instructions: [Instruction] = []
        guard Self.compile(tree, into: &instructions) else { return nil }
        instructions.append(.match)
        self.instructions = instructions
    }

    /// Whether the pattern fits somewhere in the text.
    func matches(_ string: String) -> Bool {
        let scalars = Array(string.unicodeScalars)
        var current = ThreadList(capacity: instructions.count)
        var next = ThreadList(capacity: instructions.count)
        for position in 0...scalars.count {
            // A match may begin anywhere.
            if follow(0, position, scalars, &current) { return true }
            guard position < scalars.count else { break }
            next.clear()
            for index in current.waiting {
                guard case .set(let set) = instructions[index], set.contains(scalars[position]) else { continue }
                if follow(index + 1, position + 1, scalars, &next) { return true }
            }
            swap(&current, &next)
        }
        return false
    }

    /// Adds all instructions that wait for a character, reached from one without reading any.
    /// - Returns: whether the pattern is complete.
    private func follow(
        _ start: Int, _ position: Int, _ scalars: [Unicode.Scalar], _ list: inout ThreadList
    ) -> Bool {
        var pending = [start]
        while let index = pending.popLast() {
            guard list.insert(index) else { continue }
            switch instructions[index] {
            case .match: return true
            case .set: list.waiting.append(index)
            case .jump(let target): pending.append(target)
            case .fork(let first, let second):
                pending.append(second)
                pending.append(first)
            case .start: if position == 0 { pending.append(index + 1) }
            case .end: if position == scalars.count { pending.append(index + 1) }
            case .boundary(let isNegated):
                let before = PatternSet.isWord(position > 0 ? scalars[position - 1] : nil)
                let after = PatternSet.isWord(position < scalars.count ? scalars[position] : nil)
                if (before != after) != isNegated { pending.append(index + 1) }
            }
        }
        return false
    }

    private static func compile(_ tree: PatternTree, into program: inout [Instruction]) -> Bool {
        guard program.count < maximumLength else { return false }
        switch tree {
        case .set(let set): program.append(.set(set))
        case .start: program.append(.start)
        case .end: program.append(.end)
        case .boundary(let isNegated): program.append(.boundary(isNegated: isNegated))
        case .sequence(let parts):
            for part in parts where !compile(part, into: &program) { return false }
        case .alternatives(let parts):
            return compile(alternatives: parts, into: &program)
        case .repeated(let part, let low, let high):
            return compile(part, low, high, into: &program)
        }
        return program.count < maximumLength
    }

    private static func compile(alternatives parts: [PatternTree], into program: inout [Instruction]) -> Bool {
        var ends: [Int] = []
        for (number, part) in parts.enumerated() {
            let fork = program.count
            let isLast = number == parts.count - 1
            if !isLast { program.append(.fork(fork + 1, fork + 1)) }
            guard compile(part, into: &program) else { return false }
            guard !isLast else { break }
            ends.append(program.count)
            program.append(.jump(0))
            program[fork] = .fork(fork + 1, program.count)
        }
        for end in ends { program[end] = .jump(program.count) }
        return program.count < maximumLength
    }

    private static func compile(
        _ part: PatternTree, _ low: Int, _ high: Int?, into program: inout [Instruction]
    ) -> Bool {
        guard low <= maximumLength, high ?? 0 <= maximumLength else { return false }
        for _ in 0..<low where !compile(part, into: &program) { return false }
        guard let high else {
            let fork = program.count
            program.append(.fork(fork + 1, fork + 1))
            guard compile(part, into: &program) else { return false }
            program.append(.jump(fork))
            program[fork] = .fork(fork + 1, program.count)
            return program.count < maximumLength
        }
        var forks: [Int] = []
        for _ in low..<high {
            forks.append(program.count)
            program.append(.fork(program.count + 1, program.count + 1))
            guard compile(part, into: &program) else { return false }
        }
        for fork in forks { program[fork] = .fork(fork + 1, program.count) }
        return program.count < maximumLength
    }
}

/// Instructions that are reached at one place of the text, each once.
private struct ThreadList {
    private var seen: [Bool]
    private var entered: [Int] = []
    /// Those that wait for a character.
    var waiting: [Int] = []

    init(capacity: Int) {
        seen = Array(repeating: false, count: capacity)
    }

    mutating func insert(_ index: Int) -> Bool {
        guard !seen[index] else { return false }
        seen[index] = true
        entered.append(index)
        return true
    }

    mutating func clear() {
        for index in entered { seen[index] = false }
        entered.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
    }
}
