import NIOCore

/// One command with its arguments, any bytes in each.
public struct RedisCommand: Sendable {
    let arguments: [ByteBuffer]

    public init(_ arguments: [String]) {
        self.arguments = arguments.map { ByteBuffer(string: $0) }
    }

    public init(_ arguments: String...) {
        self.init(arguments)
    }

    /// Appends the command as a RESP array of bulk strings.
    func write(to buffer: inout ByteBuffer) {
        buffer.writeString("*\(arguments.count)\r\n")
        for argument in arguments {
            buffer.writeString("$\(argument.readableBytes)\r\n")
            buffer.writeImmutableBuffer(argument)
            buffer.writeStaticString("\r\n")
        }
    }
}
