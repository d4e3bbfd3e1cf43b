import Configuration
import Contracts
import Foundation
import TestSupport
import Testing

@testable import ProcessKit

@Suite struct SettingsTests {
    @Test func sourcesWinInOrder() async throws {
        try await withTemporaryDirectory { directory in
            let file = "\(directory)/.env"
            try "MCP_SERVER_PORT=1\nMCP_SERVER_HOST=file\nMCP_SERVER_NAME=file\n".write(
                toFile: file, atomically: true, encoding: .utf8)
            let settings = try Settings(
                flags: ["MCP_SERVER_PORT": "3"],
                environment: ["MCP_SERVER_PORT": "2", "MCP_SERVER_HOST": "environment"],
                environmentFile: file)
            #expect(settings[.serverPort] == 3)
            #expect(settings[.serverHost] == "environment")
            #expect(settings[.serverName] == "file")
            #expect(settings[.rateLimitRequests] == 100)
            #expect(settings.origin(of: "MCP_SERVER_PORT") == .flag)
            #expect(settings.origin(of: "MCP_SERVER_HOST") == .environment)
            #expect(settings.origin(of: "MCP_SERVER_NAME") == .file(file))
            #expect(settings.origin(of: "RATE_LIMIT_REQUESTS") == .defaultValue)
            #expect(settings.reader.int(forKey: "mcp.server.port") == 3)
        }
    }

    @Test func emptyValuesSetNothing() throws {
        let settings = try Settings(environment: ["DISCORD_BOT_TOKEN": "", "MCP_SERVER_PORT": ""])
        #expect(settings[.botToken] == nil)
        #expect(settings[.serverPort] == 8000)
    }

    @Test(arguments: [
        ("MCP_SERVER_PORT", "70000"), ("MCP_SERVER_PORT", "x"), ("LOG_FORMAT", "xml"), ("LOG_LEVEL", "loud"),
        ("CORS_ENABLED", "perhaps"), ("REDIS_URL", "localhost:6379"), ("RATE_LIMIT_WINDOW", "0"),
        ("DISCORD_MCP_DISCORD_API_URL", "discord.com"), ("DISCORD_MCP_TOOLSETS", "messages,moderatoin"),
    ])
    func wrongValuesAreNamed(name: String, value: String) {
        let fault = #expect(throws: ConfigurationFault.self) { try Settings(environment: [name: value]) }
        #expect(fault?.problems.count == 1)
        #expect(fault?.description.hasPrefix("\(name) must be ") == true)
    }

    @Test func allProblemsAreToldAtOnce() {
        let fault = #expect(throws: ConfigurationFault.self) {
            try Settings(environment: ["MCP_SERVER_PORT": "x", "LOG_FORMAT": "xml", "DISCORD_MCP_DATADIR": "/"])
        }
        #expect(fault?.problems.count == 3)
    }

    @Test func unknownNamesSuggestTheNearest() {
        let fault = #expect(throws: ConfigurationFault.self) {
            try Settings(environment: ["DISCORD_MCP_READONLY": "1"])
        }
        #expect(fault?.description.contains("Did you mean DISCORD_MCP_READ_ONLY?") == true)
        #expect(throws: Never.self) { try Settings(environment: ["SOMETHING_ELSE": "1"]) }
        #expect(throws: Never.self) { try Settings(environment: [ProcessProtocol.lifeline: "4"]) }
    }

    @Test func secretsComeFromFiles() async throws {
        try await withTemporaryDirectory { directory in
            try "the token\n".write(toFile: "\(directory)/token", atomically: true, encoding: .utf8)
            let settings = try Settings(environment: ["DISCORD_BOT_TOKEN_FILE": "\(directory)/token"])
            #expect(settings[.botToken] == "the token")
            #expect(settings.origin(of: "DISCORD_BOT_TOKEN") == .secretFile("\(directory)/token"))
            let fault = #expect(throws: ConfigurationFault.self) {
                try Settings(environment: ["DISCORD_BOT_TOKEN_FILE": "\(directory)/missing"])
            }
            #expect(fault?.description.contains("cannot be read") == true)
        }
    }

    @Test func reportMasksSecrets() throws {
        let settings = try Settings(environment: ["DISCORD_BOT_TOKEN": "very-secret", "MCP_SERVER_NAME": "x"])
        let report = settings.report
        #expect(report.count == SettingDefinition.all.count)
        #expect(!"\(report)".contains("very-secret"))
        #expect(report.first { $0.name == "DISCORD_BOT_TOKEN" }?.value == "********")
        #expect(report.first { $0.name == "MCP_SERVER_NAME" }?.value == "x")
        #expect(report.first { $0.name == "REDIS_URL" }?.origin == "unset")
    }

    @Test func childrenGetOnlyTheirSecrets() throws {
        let settings = try Settings(environment: [
            "DISCORD_BOT_TOKEN": "token", "JWT_SECRET_KEY": "jwt", "DISCORD_MCP_CHECKPOINT_KEY": "checkpoint",
            "REDIS_URL": "redis://h",
        ])
        let holders: [(String, Set<ProcessRole>)] = [
            ("DISCORD_BOT_TOKEN", [.gateway, .executor]), ("JWT_SECRET_KEY", [.frontDoor]),
            ("DISCORD_MCP_CHECKPOINT_KEY", [.audit]), ("REDIS_URL", [.frontDoor, .gateway, .executor]),
        ]
        for (name, roles) in holders {
            for role in ProcessRole.allCases {
                #expect((settings.environment(for: role)[name] != nil) == roles.contains(role), "\(name) \(role)")
                let computed = settings.environment(for: role, computed: [name: "computed"])
                #expect((computed[name] == "computed") == roles.contains(role), "\(name) \(role)")
            }
        }
        #expect(settings.environment(for: .frontDoor)["PATH"] != nil)
        #expect(settings.environment(for: .frontDoor)["MCP_SERVER_NAME"] == nil, "defaults are not handed down")
    }

    @Test func missingSecretsNameBothWays() throws {
        let settings = try Settings(environment: [:])
        let fault = #expect(throws: ConfigurationFault.self) { try settings.required(.botToken) }
        #expect(fault?.description.hasPrefix("DISCORD_BOT_TOKEN or DISCORD_BOT_TOKEN_FILE must be set.") == true)
    }

    @Test func catalogueHasEachNameOnceAndGoodDefaults() {
        #expect(Set(SettingDefinition.all.map(\.name)).count == SettingDefinition.all.count)
        for definition in SettingDefinition.all {
            if let text = definition.defaultText { #expect(definition.problem(text) == nil, "\(definition.name)") }
        }
    }

    @Test func editDistance() {
        #expect(NearestName.distance("", "abc") == 3)
        #expect(NearestName.distance("kitten", "sitting") == 3)
        #expect(NearestName.distance("same", "same") == 0)
        let names = ["DISCORD_MCP_BUS", "DISCORD_MCP_DATA_DIR"]
        #expect(NearestName.of("DISCORD_MCP_DATADIR", among: names, prefix: "DISCORD_MCP_") == "DISCORD_MCP_DATA_DIR")
        #expect(NearestName.of("DISCORD_MCP_FOO", among: names, prefix: "DISCORD_MCP_") == nil)
    }
}

@Suite struct EnvironmentFileTests {
    @Test func readsEveryForm() throws {
        let text = """
            # comment
            PLAIN=value
            export EXPORTED = spaced out  # comment
            HASH=pass#word
            DOUBLE="a # b = c"
            SINGLE='it is'
            EMPTY=
            """
        #expect(
            try EnvironmentFile.parse(text, path: ".env") == [
                "PLAIN": "value", "EXPORTED": "spaced out", "HASH": "pass#word", "DOUBLE": "a # b = c",
                "SINGLE": "it is", "EMPTY": "",
            ])
    }

    @Test func namesTheBadLinesAndNotTheirValues() {
        let fault = #expect(throws: ConfigurationFault.self) {
            try EnvironmentFile.parse("GOOD=1\nsecret words\nQ=\"open secret", path: "f")
        }
        #expect(fault?.problems == ["f line 2 is not NAME=value.", "f line 3: the quote is not closed."])
    }
}
