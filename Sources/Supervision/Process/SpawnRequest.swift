import CPlatform
import Glibc

/// A program to start, with exactly the descriptors that it gets.
struct SpawnRequest {
    var executable: String
    var arguments: [String]
    var environment: [String: String]
    /// -1: /dev/null.
    var standardInput: Int32 = -1
    var standardOutput: Int32 = -1
    var standardError: Int32 = -1
    /// Become 3, 4, … in the child.
    var inherited: [Int32] = []

    /// Starts it. To be called on a thread that lives as long as the process: the child is killed when that thread ends.
    func spawn() throws(SystemFault) -> ChildProcess {
        let arguments = ([executable] + arguments).map { strdup($0) } + [nil]
        let environment = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + environment).forEach { free($0) } }
        var pid: pid_t = 0
        var descriptor: Int32 = -1
        let status = arguments.withUnsafeBufferPointer { arguments in
            environment.withUnsafeBufferPointer { environment in
                inherited.withUnsafeBufferPointer { inherited in
                    var request = platform_spawn_request(
                        path: arguments[0], arguments: arguments.baseAddress, environment: environment.baseAddress,
                        standard_input: standardInput, standard_output: standardOutput,
                        standard_error: standardError, inherited: inherited.baseAddress,
                        inherited_count: Int32(inherited.count), death_signal: SIGKILL)
                    return platform_spawn(&request, &pid, &descriptor)
                }
            }
        }
        guard status == 0 else { throw SystemFault(executable, code: status) }
        return ChildProcess(pid: pid, descriptor: descriptor)
    }
}
