import Contracts
import Foundation
import TestSupport
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct SpawnTests {
    /// Runs a program to its end and gives what it wrote.
    private func output(_ request: SpawnRequest) async throws -> (text: String, exit: ChildExit) {
        let pipe = try Supervision.Pipe()
        var request = request
        request.standardOutput = pipe.writing
        let process = try request.spawn()
        close(pipe.writing)
        let text = FileHandle(fileDescriptor: pipe.reading, closeOnDealloc: true).readDataToEndOfFile()
        var item = pollfd(fd: process.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&item, 1, 30_000) == 1)
        let exit = process.reap()
        return (String(decoding: text, as: UTF8.self), try #require(exit))
    }

    @Test func aChildHasExactlyTheDescriptorsItIsGiven() async throws {
        let leak = open("/dev/null", O_RDONLY)
        defer { close(leak) }
        let first = try Supervision.Pipe()
        let second = try Supervision.Pipe()
        defer { [first.reading, first.writing, second.reading, second.writing].forEach { close($0) } }
        let (text, exit) = try await output(
            SpawnRequest(
                executable: "/bin/ls", arguments: ["-l", "/proc/self/fd"], environment: [:],
                inherited: [second.reading, first.reading]))
        let links = text.split(separator: "\n").filter { $0.contains(" -> ") }
            .map { $0.split(separator: " ").suffix(3).joined(separator: " ") }
        // 5 is the directory that ls itself reads.
        #expect(links.map { $0.prefix(1) } == ["0", "1", "2", "3", "4", "5"], "\(text)")
        #expect(links.first == "0 -> /dev/null")
        #expect(links.last?.hasSuffix("/fd") == true)
        #expect(exit == .status(0))
    }

    @Test func aChildLeadsItsOwnSessionWithCleanSignals() async throws {
        let (text, _) = try await output(
            SpawnRequest(executable: "/bin/cat", arguments: ["/proc/self/stat", "/proc/self/status"], environment: [:]))
        let fields = text.split(separator: " ")
        #expect(fields[0] == fields[4], "process group")
        #expect(fields[0] == fields[5], "session")
        for mask in ["SigBlk", "SigIgn", "SigCgt"] {
            #expect(text.contains("\(mask):\t0000000000000000"), "\(mask)")
        }
    }

    @Test func aProgramThatCannotBeExecutedIsAnErrorOfSpawn() throws {
        #expect(throws: SystemFault("/nonexistent", code: ENOENT)) {
            let process = try SpawnRequest(executable: "/nonexistent", arguments: [], environment: [:]).spawn()
            process.signal(SIGKILL)
        }
        #expect(throws: SystemFault("/etc/passwd", code: EACCES)) {
            let process = try SpawnRequest(executable: "/etc/passwd", arguments: [], environment: [:]).spawn()
            process.signal(SIGKILL)
        }
    }

    @Test func endingIsSeenThroughThePidfd() async throws {
        let (_, status) = try await output(
            SpawnRequest(executable: "/bin/sh", arguments: ["-c", "exit 7"], environment: [:]))
        #expect(status == .status(7))
        let (_, signal) = try await output(
            SpawnRequest(executable: "/bin/sh", arguments: ["-c", "kill -ABRT $$"], environment: [:]))
        #expect(signal == .signal(SIGABRT))
    }

    @Test func aRunningChildIsNotReaped() throws {
        let process = try SpawnRequest(executable: "/bin/sleep", arguments: ["60"], environment: [:]).spawn()
        let early = process.reap()
        #expect(early == nil)
        process.signal(SIGKILL)
        var item = pollfd(fd: process.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&item, 1, 10_000) == 1)
        let late = process.reap()
        #expect(late == .signal(SIGKILL))
    }

    @Test func aChildThatAnotherReapedHasEnded() throws {
        let process = try SpawnRequest(executable: "/bin/sleep", arguments: ["60"], environment: [:]).spawn()
        process.signal(SIGKILL)
        #expect(waitpid(process.pid, nil, 0) == process.pid)
        let exit = process.reap()
        #expect(exit == .unknown)
    }

    @Test func aChildDiesWithTheThreadThatForkedIt() async throws {
        let descriptor = await withCheckedContinuation { (continuation: CheckedContinuation<Int32, Never>) in
            Thread.detachNewThread {
                let process = try? SpawnRequest(executable: "/bin/sleep", arguments: ["60"], environment: [:]).spawn()
                guard let process else { return continuation.resume(returning: -1) }
                continuation.resume(returning: dup(process.descriptor))
            }
        }
        defer { close(descriptor) }
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&item, 1, 10_000) == 1)
    }

    @Test func aListenerReachesTheChildUnderItsName() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        #expect(listen(listener, 1) == 0)
        let lines = try Lines()
        let body = """
            open(my $listener, "+<&=", 3);
            my $accepts = unpack("i", getsockopt($listener, SOL_SOCKET, SO_ACCEPTCONN));
            print "$ENV{LISTEN_FDS} $ENV{LISTEN_FDNAMES} $ENV{DISCORD_MCP_LIFELINE_FD} $accepts\n";
            notify("READY=1");
            sleep 1000;
            """
        let grants = [ListenerGrant(name: ProcessProtocol.httpListener, descriptor: listener)]
        let spec = Script.perl(ChildID(.frontDoor), body, listeners: grants)
        _ = try await withTree([spec], lines: lines) { tree, _ in
            _ = await tree.waitUntilReady()
            #expect(await lines.next(containing: "|").hasSuffix("| 1 http 4 1"))
        }
    }

    @Test func whatAChildLeavesInItsSessionEndsWithIt() async throws {
        let lines = try Lines()
        let body = """
            my $grandchild = fork();
            exec("sleep", "60") if !$grandchild;
            print "grandchild $grandchild\n";
            notify("READY=1");
            sleep 1000;
            """
        _ = try await withTree([Script.perl(ChildID(.gateway), body)], lines: lines) { tree, _ in
            _ = await tree.waitUntilReady()
            let line = await lines.next(containing: "grandchild")
            let grandchild = try #require(line.split(separator: " ").last.flatMap { Int32($0) })
            let pid = try #require(await tree.pid(.gateway))
            #expect(isAlive(grandchild))
            kill(pid, SIGKILL)
            await tree.waitForReplacement(of: pid, .gateway)
            #expect(!isAlive(grandchild))
        }
    }
}
