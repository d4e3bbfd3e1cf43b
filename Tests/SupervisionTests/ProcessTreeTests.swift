import Contracts
import Foundation
import TestSupport
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct ProcessTreeTests {
    @Test func startsInOrderAndStopsInReverse() async throws {
        let lines = try Lines()
        let specs = [
            Script.perl(ChildID(.audit), Script.obedient),
            Script.perl(ChildID(.gateway), after: [.audit], Script.obedient),
            Script.perl(ChildID(.frontDoor), after: [.gateway], Script.obedient),
        ]
        let outcome = try await withTree(specs, lines: lines) { tree, _ in
            #expect(await tree.waitUntilReady())
            let status = await tree.status()
            #expect(status.map(\.role) == [.audit, .gateway, .frontDoor])
            #expect(status.allSatisfy { $0.state == .ready && $0.restarts == 0 && ($0.memory ?? 0) > 0 })
            #expect(await lines.next(containing: "up").hasPrefix("audit "))
            #expect(await lines.next(containing: "up").hasPrefix("gateway "))
            #expect(await lines.next(containing: "up").hasPrefix("front-door-1 "))
        }
        #expect(outcome == .stopped)
        #expect(await lines.next(containing: "bye").hasPrefix("front-door-1"))
        #expect(await lines.next(containing: "bye").hasPrefix("gateway"))
        #expect(await lines.next(containing: "bye").hasPrefix("audit"))
    }

    @Test func aKilledChildComesBackAndItsDependentsStay() async throws {
        let specs = [
            Script.perl(ChildID(.audit), Script.obedient),
            Script.perl(ChildID(.gateway), after: [.audit], Script.obedient),
        ]
        let outcome = try await withTree(specs, lines: try Lines()) { tree, _ in
            _ = await tree.waitUntilReady()
            let audit = try #require(await tree.pid(.audit))
            let gateway = try #require(await tree.pid(.gateway))
            kill(audit, SIGKILL)
            await tree.waitForReplacement(of: audit, .audit)
            #expect(await tree.pid(.gateway) == gateway)
            let status = await tree.status()
            #expect(status[0].restarts == 1)
            #expect(status[0].lastExit == "signal 9")
        }
        #expect(outcome == .stopped)
    }

    @Test func aChildThatStopsBeatingIsReplaced() async throws {
        let beating = """
            notify("READY=1");
            while (1) { notify("WATCHDOG=1"); select(undef, undef, undef, 0.05) }
            """
        let spec = Script.perl(ChildID(.executor), beating) {
            $0.watchdogLimit = .milliseconds(1500)
            $0.abortLimit = .milliseconds(100)
        }
        _ = try await withTree([spec], lines: try Lines()) { tree, _ in
            _ = await tree.waitUntilReady()
            let pid = try #require(await tree.pid(.executor))
            kill(pid, SIGSTOP)
            await tree.waitForReplacement(of: pid, .executor)
            #expect(await tree.status()[0].lastExit == "signal 9", "a stopped process takes only SIGKILL")
        }
    }

    @Test func tooManyDeathsEndTheTree() async throws {
        let specs = [
            Script.perl(ChildID(.audit), Script.obedient),
            Script.perl(ChildID(.gateway), after: [.audit], "exit 3") {
                $0.intensity = 2
                $0.firstDelay = .milliseconds(1)
            },
        ]
        let outcome = try await withTree(specs, lines: try Lines()) { tree, _ in
            #expect(await tree.waitUntilReady() == false)
        }
        #expect(outcome == .failed(ChildID(.gateway), .tooManyDeaths(3, last: .status(3))))
    }

    @Test func wrongConfigurationEndsTheTreeAtOnce() async throws {
        let outcome = try await withTree(
            [Script.perl(ChildID(.gateway), "exit 78")], lines: try Lines()
        ) { tree, _ in _ = await tree.waitUntilReady() }
        #expect(outcome == .failed(ChildID(.gateway), .permanent(.status(78))))
    }

    @Test func aMissingProgramEndsTheTree() async throws {
        let spec = ChildSpec(ChildID(.gateway)) { ChildLaunch(executable: "/nonexistent/program") }
        let outcome = try await withTree([spec], lines: try Lines()) { tree, _ in _ = await tree.waitUntilReady() }
        guard case .failed(_, .permanent(.notStarted(let reason))) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("No such file or directory"))
    }

    @Test func aDeafChildIsKilledAtItsDeadline() async throws {
        let spec = Script.perl(ChildID(.gateway), Script.deaf) { $0.stopLimit = .milliseconds(50) }
        let outcome = try await withTree([spec], lines: try Lines()) { tree, _ in _ = await tree.waitUntilReady() }
        #expect(outcome == .stopped)
    }

    @Test func fastStopDoesNotWait() async throws {
        _ = try await withTree([Script.perl(ChildID(.gateway), Script.deaf)], lines: try Lines()) { tree, _ in
            _ = await tree.waitUntilReady()
            await tree.stop()
            await tree.waitForState(.draining, .gateway)
            await tree.stop(fast: true)
        }
    }

    @Test func rollHasTheNewOneReadyBeforeTheOldOneDrains() async throws {
        let lines = try Lines()
        let specs = (1...2).map { Script.perl(ChildID(.frontDoor, instance: $0), Script.obedient) }
        _ = try await withTree(specs, lines: lines) { tree, _ in
            _ = await tree.waitUntilReady()
            let before = Set(await tree.status().compactMap(\.pid))
            try await tree.roll(.frontDoor)
            let after = await tree.status()
            #expect(after.map(\.name) == ["front-door-3", "front-door-4"])
            #expect(after.allSatisfy { $0.state == .ready })
            #expect(before.isDisjoint(with: after.compactMap(\.pid)))
            for line in ["front-door-3 | up", "front-door-1 | bye", "front-door-4 | up", "front-door-2 | bye"] {
                #expect(await lines.next(containing: line).contains(line))
            }
        }
    }

    @Test func aSecondReplacementIsRefusedWhileOneRuns() async throws {
        let held = """
            if ($ENV{NOTIFY_SOCKET} =~ m{(.*)/front-door-2}) { open(my $go, "<", "$1/go"); <$go>; }

            """
        let spec = Script.perl(ChildID(.frontDoor), held + Script.obedient)
        _ = try await withTree([spec], lines: try Lines()) { tree, directory in
            _ = await tree.waitUntilReady()
            let old = try #require(await tree.pid(.frontDoor))
            let path = "\(directory)/notify/go"
            #expect(mkfifo(path, 0o600) == 0)
            let gate = open(path, O_RDWR)
            defer { close(gate) }

            async let first: Void = tree.roll(.frontDoor)
            await tree.wait { tree.assumeIsolated { $0.children.count == 2 } }
            await #expect(throws: TreeCommandFault.busy) { try await tree.roll(.frontDoor) }
            await #expect(throws: TreeCommandFault.busy) { try await tree.restart(.frontDoor) }
            #expect(write(gate, "\n", 1) == 1)
            try await first

            #expect(await tree.status().map(\.name) == ["front-door-2"])
            #expect(!isAlive(old))
            try await tree.roll(.frontDoor)
            #expect(await tree.status().map(\.name) == ["front-door-3"], "the end of one lets the next begin")
        }
    }

    @Test func aFailedRollKeepsTheOld() async throws {
        let once = """
            my ($once) = $ENV{NOTIFY_SOCKET} =~ m{(.*)/}; $once .= "/once";
            exit 78 if -e $once;
            open(my $file, ">", $once);

            """
        let spec = Script.perl(ChildID(.frontDoor), once + Script.obedient)
        let outcome = try await withTree([spec], lines: try Lines()) { tree, _ in
            _ = await tree.waitUntilReady()
            let pid = await tree.pid(.frontDoor)
            await #expect(throws: TreeCommandFault.didNotGetReady(ChildID(.frontDoor, instance: 2))) {
                try await tree.roll(.frontDoor)
            }
            #expect(await tree.pid(.frontDoor) == pid)
            #expect(await tree.status().map(\.state) == [.ready])
        }
        #expect(outcome == .stopped)
    }

    @Test func embeddedRedisStartsAnswersAndComesBackWithItsData() async throws {
        let lines = try Lines()
        try await withTemporaryDirectory { directory in
            let redis = try EmbeddedRedis(
                directory: directory, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
            let spec = ChildSpec(ChildID(.redis), readiness: .redis(redis.endpoint), policy: EmbeddedRedis.policy) {
                redis.launch(environment: [:])
            }
            _ = try await withTree([spec], lines: lines) { tree, _ in
                #expect(await tree.waitUntilReady())
                #expect(try ask(redis.endpoint, "SET k v").hasSuffix("+OK\r\n"))
                let pid = try #require(await tree.pid(.redis))
                let arguments = try String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
                #expect(!arguments.contains(redis.endpoint.password))
                kill(pid, SIGKILL)
                await tree.waitForReplacement(of: pid, .redis)
                #expect(try ask(redis.endpoint, "GET k").hasSuffix("v\r\n"))
                #expect(try ask(redis.endpoint, "CONFIG GET maxmemory-policy").contains("noeviction"))
            }
            let again = try EmbeddedRedis(
                directory: directory, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
            #expect(again.endpoint == redis.endpoint, "the password is kept")
            let mode = try FileManager.default.attributesOfItem(atPath: "\(directory)/password")[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
        #expect(throws: EmbeddedRedis.Fault.notInstalled) {
            try EmbeddedRedis(directory: "/nonexistent", searchPath: "/nonexistent")
        }
    }

    private func ask(_ endpoint: RedisEndpoint, _ command: String) throws -> String {
        let socket = try UnixSocket.make(SOCK_STREAM)
        defer { close(socket) }
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) & ~O_NONBLOCK)
        #expect(try UnixSocket.connect(socket, to: endpoint.socketPath))
        let request = "AUTH \(endpoint.password)\r\n\(command)\r\nQUIT\r\n"
        #expect(write(socket, request, request.utf8.count) == request.utf8.count)
        var answer = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(socket, &buffer, buffer.count), count > 0 {
            answer += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return String(answer.dropLast("+OK\r\n".count))
    }
}
