// swift-tools-version: 6.2
import PackageDescription

// A package of its own: the fuzzer's flags must not reach the product.
let sanitizers = "-sanitize=fuzzer,address"

func fuzzer(_ name: String) -> Target {
    .executableTarget(
        name: name,
        dependencies: [.product(name: "DiscordMCPLibraries", package: "discord-mcp")],
        swiftSettings: [.unsafeFlags(["-parse-as-library", sanitizers])],
        linkerSettings: [.unsafeFlags([sanitizers])])
}

let package = Package(
    name: "discord-mcp-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "discord-mcp", path: "..")],
    targets: [fuzzer("FuzzJSON"), fuzzer("FuzzMCP"), fuzzer("FuzzBus")],
    swiftLanguageModes: [.v6]
)
