import Contracts
import Foundation
import ProcessKit
import TestSupport
import Testing

@testable import Supervisor

@Suite struct SigningSecretTests {
    @Test func isMadeOnceAndKeptPrivate() async throws {
        try await withTemporaryDirectory { path in
            let directory = try DataDirectory(path: path)
            try directory.prepare()
            let settings = try Settings(environment: [:])
            let first = try SigningSecret.obtain(settings, in: directory)
            #expect(first.utf8.count >= 32)
            #expect(try SigningSecret.obtain(settings, in: directory) == first)
            let mode = try FileManager.default.attributesOfItem(atPath: directory.jwtSecretFile)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test(arguments: ["short", "your-secret-key-change-in-production", String(repeating: "a", count: 64)])
    func aWeakOneIsRefusedAndNotRepeated(secret: String) async throws {
        try await withTemporaryDirectory { path in
            let settings = try Settings(environment: ["JWT_SECRET_KEY": secret])
            let fault = #expect(throws: ConfigurationFault.self) {
                try SigningSecret.obtain(settings, in: try DataDirectory(path: path))
            }
            #expect(fault?.description.contains(secret) == false)
        }
    }
}

@Suite struct ListeningSocketTests {
    @Test func aTakenPortIsToldWithAWayOut() throws {
        let first = try ListeningSocket.open(host: "127.0.0.1", port: 0)
        defer { close(first.descriptor) }
        #expect(first.port > 0)
        let fault = #expect(throws: ConfigurationFault.self) {
            try ListeningSocket.open(host: "127.0.0.1", port: first.port)
        }
        #expect(fault?.description.contains("--port") == true)
        #expect(throws: ConfigurationFault.self) { try ListeningSocket.open(host: "no.such.host.invalid", port: 0) }
    }
}

@Suite struct ArgumentTests {
    @Test func timeSpans() {
        #expect(TimeSpan(argument: "30d")?.seconds == 2_592_000)
        #expect(TimeSpan(argument: "90s")?.seconds == 90)
        for text in ["", "30", "d", "-1h", "1w", "99999999999d"] { #expect(TimeSpan(argument: text) == nil, "\(text)") }
    }

    @Test func roles() {
        #expect(StackRoles(argument: "gateway,front-door")?.roles == [.gateway, .frontDoor])
        for text in ["", "supervisor", "gateway,nothing"] { #expect(StackRoles(argument: text) == nil, "\(text)") }
    }

    @Test func sandboxPortIsFoundInItsAddress() {
        let world = SandboxWorld(
            restURL: "http://127.0.0.1:4711/api/v10", gatewayURL: "", token: "", ownerToken: "", guildID: "",
            channelIDs: [:], userIDs: [:], roleIDs: [:])
        #expect(world.port == 4711)
    }
}
