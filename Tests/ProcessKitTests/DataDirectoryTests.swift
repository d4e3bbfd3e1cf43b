import Foundation
import TestSupport
import Testing

@testable import ProcessKit

@Suite struct DataDirectoryTests {
    @Test func makesEverythingPrivate() async throws {
        try await withTemporaryDirectory { root in
            let directory = try DataDirectory(path: "\(root)/a/b")
            try directory.prepare()
            try directory.prepare()
            for path in [directory.path, directory.run, directory.keys, directory.redis, "\(directory.audit)/segments"]
            {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o700, "\(path)")
            }
            #expect(try String(contentsOfFile: "\(directory.path)/version", encoding: .utf8) == "1\n")
        }
    }

    @Test func refusesANewerLayoutUntouched() async throws {
        try await withTemporaryDirectory { root in
            let directory = try DataDirectory(path: root)
            try "999\n".write(toFile: "\(root)/version", atomically: true, encoding: .utf8)
            let fault = #expect(throws: ConfigurationFault.self) { try directory.prepare() }
            #expect(fault?.description.contains("Use the newer program.") == true)
            #expect(try String(contentsOfFile: "\(root)/version", encoding: .utf8) == "999\n")
        }
    }

    @Test func migratesAnOlderFormatOnce() async throws {
        try await withTemporaryDirectory { root in
            let file = "\(root)/version"
            try "2".write(toFile: file, atomically: true, encoding: .utf8)
            var migrations: [Int] = []
            for _ in 0..<2 {
                try FormatVersion.check(file: file, current: 5, what: "test") { migrations.append($0) }
            }
            #expect(migrations == [2])
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "5\n")
        }
    }

    @Test func aFailedMigrationLeavesTheVersion() async throws {
        struct Broken: Error {}
        try await withTemporaryDirectory { root in
            let file = "\(root)/version"
            try "2".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(throws: ConfigurationFault.self) {
                try FormatVersion.check(file: file, current: 5, what: "test") { _ in throw Broken() }
            }
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "2")
        }
    }

    @Test func secondStackIsToldWhoHoldsTheDirectory() async throws {
        try await withTemporaryDirectory { root in
            let directory = try DataDirectory(path: root)
            try directory.prepare()
            let lock = try DataDirectoryLock.acquire(in: directory)
            let fault = #expect(throws: ConfigurationFault.self) {
                let second = try DataDirectoryLock.acquire(in: directory)
                second.release()
            }
            #expect(fault?.description.contains("process id \(getpid()).") == true)
            lock.release()
            let third = try DataDirectoryLock.acquire(in: directory)
            third.release()
        }
    }

    @Test func tooLongForSocketsIsRefused() {
        #expect(throws: ConfigurationFault.self) { try DataDirectory(path: "/" + String(repeating: "x", count: 90)) }
    }

    @Test func relativePathsBecomeAbsolute() throws {
        #expect(try DataDirectory(path: "data/").path == FileManager.default.currentDirectoryPath + "/data")
    }

    @Test func atomicWriteReplacesAndIsPrivate() async throws {
        try await withTemporaryDirectory { root in
            try AtomicFile.write(Array("one".utf8), to: "\(root)/f")
            try AtomicFile.write(Array("two".utf8), to: "\(root)/f")
            #expect(try String(contentsOfFile: "\(root)/f", encoding: .utf8) == "two")
            #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["f"])
            let mode = try FileManager.default.attributesOfItem(atPath: "\(root)/f")[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }
}
