import HTTPTypes
import MCP

/// Whatever comes as a request, the answer is a response of HTTP with JSON in it, or a stream of it: never a crash, and
/// never more than one.
///
/// The first byte chooses the era and the method, the rest is the body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let choice = bytes.first else { return 0 }
    let request = FuzzRequest(choice, body: Array(bytes.dropFirst()))
    let outcome = OutcomeBox()
    // libFuzzer calls synchronously, and the server answers without leaving the calling thread's work undone.
    runBlocking { outcome.set(await request.answer()) }
    guard outcome.isGood else { fatalError("the answer is not one: \(outcome.text)") }
    return 0
}
