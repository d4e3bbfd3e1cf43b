/// Names nobody can guess: 128 bits of the system's generator, in visible ASCII without `-` and `.`.
enum RandomName {
    static func next() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 36) + "x" + String(generator.next(), radix: 36)
    }
}
