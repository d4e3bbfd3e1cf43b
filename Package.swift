// swift-tools-version: 6.2
import PackageDescription

// Which target may import which is the architecture: docs/architecture.md has the table and the reasons.
// `--explicit-target-dependency-import-check error` (see the Makefile) enforces it.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let locks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

func library(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let targets: [Target] = [
    .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CPlatform"),

    library("JSONCore", []),
    library("Contracts", [protobuf], exclude: ["Protos"]),
    library("Bus", ["Contracts", "CZeroMQ", "CPlatform", logging, locks]),
    library("SharedState", ["Contracts", "CHiredis", crypto, jwtKit, logging, locks, nioCore, nioPosix, nioSSL]),
    library(
        "Discord",
        [
            "Contracts", "CZlib", "CZstd", "JSONCore", asyncHTTPClient, logging, locks, nioCore, nioHTTP1, nioPosix,
            nioSSL,
            nioWebSocket,
        ]),
    library("Archive", ["Contracts", grdb]),
    library("Ingestion", ["Archive", "Contracts", "Discord", logging, locks]),
    library("Moderation", ["Contracts", "Discord", grdb, logging]),
    library("AuditLog", ["Contracts", "COpenSSL", systemPackage]),
    library(
        "MCP",
        ["JSONCore", crypto, httpTypes, hummingbird, hummingbirdCore, logging, locks, nioCore, nioHTTPTypes, nioPosix]),
    library("Tools", ["Contracts", "MCP", httpTypes]),
    library("ProcessKit", ["Contracts", configuration, lifecycle, logging, locks, unixSignals]),
    library("Supervision", ["Contracts", "CPlatform", logging, locks]),
    library(
        "DiscordSandbox",
        ["Contracts", "CZlib", "CZstd", crypto, logging, nioCore, nioHTTP1, nioPosix, nioWebSocket]
    ),

    executable(
        "MCPConformance", ["MCP", argumentParser, httpTypes, logging, locks]),
    executable(
        "FrontDoor",
        [
            "Bus", "Contracts", "MCP", "ProcessKit", "SharedState", "Tools", argumentParser, crypto, hummingbird,
            httpTypes, lifecycle, logging, locks, nioCore,
        ]
    ),
    executable(
        "Gateway",
        [
            "Archive", "Bus", "Contracts", "Discord", "Ingestion", "ProcessKit", "SharedState", argumentParser,
            lifecycle, logging,
            locks,
        ]),
    executable(
        "Executor",
        ["Bus", "Contracts", "Discord", "Moderation", "ProcessKit", "SharedState", argumentParser, lifecycle, logging]),
    executable(
        "AuditWriter",
        ["AuditLog", "Bus", "Contracts", "ProcessKit", argumentParser, lifecycle, logging, systemPackage]),
    executable(
        "Sandbox", ["Contracts", "DiscordSandbox", "ProcessKit", argumentParser, lifecycle]),
    executable(
        "Supervisor",
        [
            "AuditLog", "Bus", "Contracts", "ProcessKit", "SharedState", "Supervision", argumentParser, asyncHTTPClient,
            logging, nioCore, nioHTTP1, systemPackage, unixSignals,
        ]
    ),

    .target(
        name: "TestSupport", dependencies: ["CPlatform", "Contracts", logging, locks], path: "Tests/TestSupport",
        swiftSettings: settings),
    // What the judges and benchmarks measure and look into; no product.
    .executableTarget(
        name: "IngestDriver", dependencies: ["Archive", "Contracts", "Discord", "Ingestion", "JSONCore", logging],
        path: "Tests/IngestDriver", swiftSettings: settings),
    tests("ContractsTests", ["Contracts", "TestSupport", protobuf]),
    tests("BusTests", ["Bus", "Contracts", "TestSupport", logging]),
    tests("SharedStateTests", ["SharedState", "Contracts", "TestSupport", crypto, jwtKit, logging]),
    tests(
        "DiscordTests",
        [
            "Discord", "Contracts", "CZlib", "CZstd", "JSONCore", "TestSupport", logging, locks, nioCore, nioHTTP1,
            nioPosix,
            nioWebSocket,
        ]),
    tests("ArchiveTests", ["Archive", "Contracts", "TestSupport", grdb]),
    tests("ModerationTests", ["Moderation", "Contracts", "Discord", "TestSupport", logging]),
    tests("AuditLogTests", ["AuditLog", "Contracts", "TestSupport", systemPackage]),
    tests("JSONCoreTests", ["JSONCore", "TestSupport"]),
    tests(
        "MCPTests",
        [
            "MCP", "MCPConformance", "TestSupport", asyncHTTPClient, httpTypes, hummingbird, hummingbirdTesting,
            logging,
            locks, nioCore, nioHTTP1, nioPosix,
        ]),
    tests("ToolsTests", ["Tools", "Contracts", "MCP", httpTypes, locks]),
    tests("ProcessKitTests", ["ProcessKit", "Contracts", "TestSupport", configuration, lifecycle, locks, logging]),
    tests("SupervisionTests", ["Supervision", "Contracts", "TestSupport", locks, logging]),
    tests("SupervisorTests", ["Supervisor", "Contracts", "ProcessKit", "TestSupport"]),
    tests(
        "DiscordSandboxTests",
        [
            "DiscordSandbox", "Contracts", "CZlib", "CZstd", asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix,
            nioWebSocket,
        ]),
    tests(
        "GatewayTests", ["Gateway", "Archive", "Bus", "Contracts", "Discord", "Ingestion", "TestSupport", logging]),
    tests(
        "FrontDoorTests",
        ["FrontDoor", "Contracts", "MCP", "SharedState", "TestSupport", httpTypes, logging]),
    // Driven by Tests/Judges/shared_token.py.
    .executableTarget(
        name: "SharedTokenDriver", dependencies: ["Contracts", "Discord", "SharedState", argumentParser, logging],
        path: "Tests/SharedTokenDriver", swiftSettings: settings),
    // Our clients against any Discord-compatible server, for judges between both.
    .executableTarget(
        name: "DiscordExercise", dependencies: ["Contracts", "Discord", argumentParser, logging],
        path: "Tests/DiscordExercise", swiftSettings: settings),
    tests("ExecutorTests", ["Executor", "Bus", "Contracts", "Moderation", "TestSupport", logging]),
]

let package = Package(
    name: "discord-mcp",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "discord-mcp", targets: ["Supervisor"]),
        .executable(name: "discord-mcp-front-door", targets: ["FrontDoor"]),
        .executable(name: "discord-mcp-gateway", targets: ["Gateway"]),
        .executable(name: "discord-mcp-executor", targets: ["Executor"]),
        .executable(name: "discord-mcp-audit", targets: ["AuditWriter"]),
        .executable(name: "discord-mcp-sandbox", targets: ["Sandbox"]),
        // For tests of the protocol, never in an image.
        .executable(name: "mcp-conformance-server", targets: ["MCPConformance"]),
        // For the nested Benchmarks and Fuzz packages.
        .library(
            name: "DiscordMCPLibraries",
            targets: ["AuditLog", "Bus", "Contracts", "Discord", "JSONCore", "MCP", "SharedState", "Tools"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
