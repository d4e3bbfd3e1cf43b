import Contracts
import Foundation
import Logging
import NIOConcurrencyHelpers
import TestSupport

@testable import Supervision

/// What the children of a test write, line by line.
final class Lines: Sendable {
    let sink: LogSink
    private let reading: Int32
    private let writing: Int32

    init(capacity: Int = 1 << 20) throws {
        let pipe = try Supervision.Pipe()
        reading = pipe.reading
        writing = pipe.writing
        sink = LogSink(descriptor: pipe.writing, format: .console(isColoured: false), capacity: capacity)
    }

    deinit {
        // In this order: a writer that waits for its reader ends, and nobody writes to a number that is another's by then.
        close(reading)
        sink.close()
        close(writing)
    }

    /// The next line that contains the text; reads on a thread of its own.
    func next(containing text: String) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [reading] in
                var line: [UInt8] = []
                var byte: UInt8 = 0
                while read(reading, &byte, 1) == 1 {
                    guard byte == UInt8(ascii: "\n") else {
                        line.append(byte)
                        continue
                    }
                    let string = String(decoding: line, as: UTF8.self)
                    if string.contains(text) { return continuation.resume(returning: string) }
                    line = []
                }
                continuation.resume(returning: "")
            }
        }
    }
}

enum Script {
    /// sd_notify for a child. Perl, because every Debian has it and it starts in milliseconds.
    private static let prelude = """
        use Socket; $| = 1;
        sub notify {
            socket(my $s, AF_UNIX, SOCK_DGRAM, 0); send($s, $_[0], 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})); close $s;
        }

        """

    /// A Perl program as a child.
    static func perl(
        _ id: ChildID,
        after: Set<ProcessRole> = [],
        _ body: String,
        listeners: [ListenerGrant] = [],
        policy change: (inout RestartPolicy) -> Void = { _ in }
    ) -> ChildSpec {
        var policy = RestartPolicy()
        policy.watchdogLimit = nil
        policy.startLimit = .seconds(30)
        change(&policy)
        return ChildSpec(id, after: after, policy: policy) {
            ChildLaunch(
                executable: "/usr/bin/perl", arguments: ["-e", prelude + body],
                environment: ["PATH": "/usr/bin:/bin"], listeners: listeners)
        }
    }

    /// Ready at once, ends at SIGTERM. What it says before READY is read before anything that follows from READY.
    static let obedient = """
        $SIG{TERM} = sub { print "bye\\n"; exit 0 };
        print "up $$\\n"; notify("READY=1");
        sleep 1000 while 1;
        """

    /// Ready at once, ends only at SIGKILL.
    static let deaf = """
        $SIG{TERM} = 'IGNORE';
        notify("READY=1");
        sleep 1000 while 1;
        """
}

/// Runs a tree, then the body, then stops what the body left.
func withTree(
    _ specs: [ChildSpec],
    lines: Lines,
    _ body: (ProcessTree, String) async throws -> Void
) async throws -> ProcessTree.Outcome {
    try await withTemporaryDirectory { directory in
        let tree = try ProcessTree(
            specs, runDirectory: directory, sink: lines.sink,
            logger: Logger(label: "tree") { _ in SwiftLogNoOpLogHandler() })
        async let outcome = tree.run()
        let result: Result<Void, any Error>
        do { result = .success(try await body(tree, directory)) } catch { result = .failure(error) }
        await tree.stop()
        let ended = await outcome
        try result.get()
        return ended
    }
}

extension ProcessTree {
    func pid(_ role: ProcessRole) -> Int32? {
        status().first { $0.role == role }?.pid
    }

    /// Suspends until the role's first child is ready with another pid.
    func waitForReplacement(of pid: Int32, _ role: ProcessRole) async {
        await wait {
            guard let status = self.status().first(where: { $0.role == role }) else { return false }
            return status.state == .ready && status.pid != pid
        }
    }

    func waitForState(_ state: ChildState, _ role: ProcessRole) async {
        await wait { self.status().first { $0.role == role }?.state == state }
    }
}

/// Whether a process is there and not a zombie.
func isAlive(_ pid: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return text.split(separator: ")").last?.split(separator: " ").first != "Z"
}
