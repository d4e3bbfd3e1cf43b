// swift-tools-version: 6.2
import PackageDescription

// A package of its own: nobody who builds the product builds this.
let package = Package(
    name: "discord-mcp-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // Not used: with it both packages have the same dependencies, and can share what is built of them.
        .package(name: "discord-mcp", path: ".."),
    ],
    targets: [
        .executableTarget(
            name: "HummingbirdEcho",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
            swiftSettings: [.treatAllWarnings(as: .error)])
    ],
    swiftLanguageModes: [.v6]
)
