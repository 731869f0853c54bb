// swift-tools-version: 6.2

import PackageDescription

// Warnings become errors in CI only: a newer compiler with a new warning must not stop a user's build.
let isStrict = Context.environment["BURNWATCH_STRICT"] == "1"

let swiftSettings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let cSettings: [CSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(
  name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioCompression: Target.Dependency = .product(
  name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// The rooms, lowest first. docs/architecture.md draws the arrows; CI builds with
// `--explicit-target-dependency-import-check error`, so an import that is not listed here fails.
let package = Package(
  name: "burnwatch",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "burnwatch", targets: ["burnwatch"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CNcurses", pkgConfig: "ncursesw",
      providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .target(name: "CTerminal", dependencies: ["CNcurses"], cSettings: cSettings),
    .target(name: "CMemory", cSettings: cSettings),
    .target(name: "Reliability"),
    .target(name: "Screen"),
    .target(name: "Resources", plugins: ["EmbedResources"]),
    .executableTarget(name: "embed-resources"),
    .plugin(name: "EmbedResources", capability: .buildTool(), dependencies: ["embed-resources"]),
    .target(name: "Definitions", dependencies: ["Reliability", yams]),
    .target(name: "DemoWorld", dependencies: ["Reliability"]),
    .target(
      name: "Connectors",
      dependencies: [
        "Reliability", asyncHTTPClient, crypto, nioCompression, nioCore, nioFoundation, nioHTTP1,
        nioPosix, nioSSL, subprocess, systemPackage,
      ]),
    .target(name: "Journal", dependencies: ["Reliability", grdb]),
    .target(name: "Operations", dependencies: ["Reliability"]),
    .target(name: "Terminal", dependencies: ["Screen", "CTerminal"]),
    .target(name: "Dashboard", dependencies: ["Reliability", "Screen"]),
    .target(
      name: "Commands",
      dependencies: [
        "CMemory", "Connectors", "Dashboard", "Definitions", "DemoWorld", "Journal", "Operations",
        "Reliability", "Resources", "Screen", "Terminal", argumentParser, logging,
      ]),
    .executableTarget(name: "burnwatch", dependencies: ["Commands"]),

    .target(
      name: "TestSupport",
      dependencies: ["Journal", "Reliability", "Screen", nioCore, nioPosix, nioSSL]),
    .testTarget(name: "ReliabilityTests", dependencies: ["Reliability", "TestSupport"]),
    .testTarget(
      name: "ScreenTests", dependencies: ["Screen", "TestSupport"], exclude: ["Snapshots"]),
    .executableTarget(
      name: "terminal-probe", dependencies: ["Screen", "Terminal", "TestSupport"],
      path: "Tests/TerminalProbe"),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Screen", "Terminal", "TestSupport", "terminal-probe"]),
    .testTarget(
      name: "DefinitionsTests", dependencies: ["Definitions", "Reliability", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ConnectorsTests", dependencies: ["Connectors", "Reliability", "TestSupport"]),
    .testTarget(
      name: "JournalTests", dependencies: ["Journal", "Reliability", "TestSupport", grdb]),
    .testTarget(
      name: "OperationsTests", dependencies: ["Operations", "Reliability", "TestSupport"]),
    .testTarget(name: "DemoWorldTests", dependencies: ["DemoWorld", "Reliability", "TestSupport"]),
    .testTarget(
      name: "DashboardTests",
      dependencies: ["Dashboard", "Operations", "Reliability", "Screen", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Commands", "Connectors", "Dashboard", "Definitions", "DemoWorld", "Journal", "Operations",
        "Reliability", "Resources", "Screen", "Terminal", "TestSupport", logging,
      ]),
    .target(
      name: "BenchSupport",
      dependencies: ["Dashboard", "Operations", "Reliability", "Screen", "TestSupport"],
      path: "Tests/Benchmarks/BenchSupport"),
    .executableTarget(
      name: "draw-cost",
      dependencies: ["BenchSupport", "Dashboard", "Reliability", "Screen", "Terminal"],
      path: "Tests/Benchmarks/DrawCost"),
    .executableTarget(
      name: "dashboard-bench", dependencies: ["Screen", "TestSupport"],
      path: "Tests/Benchmarks/DashboardBench"),
    .executableTarget(
      name: "outbox-probe", dependencies: ["Connectors", "Journal", "Operations", "Reliability"],
      path: "Tests/OutboxProbe"),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Operations", "Reliability", "Screen", "TestSupport", "burnwatch", "draw-cost",
        "outbox-probe",
      ],
      exclude: ["DrawCost/instructions.txt"]),
  ]
)

for target in package.targets
where ![.system, .plugin].contains(target.type) && !["CMemory", "CTerminal"].contains(target.name) {
  target.swiftSettings = swiftSettings
}

// Benchmarks need the rooms' `package` access, so they live here; users never fetch their library.
if Context.environment["BURNWATCH_BENCH"] == "1" {
  package.dependencies.append(
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []))
  package.targets.append(
    .executableTarget(
      name: "RoomBenchmarks",
      dependencies: [
        "BenchSupport", "Connectors", "Dashboard", "Operations", "Reliability", "Screen",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Tests/Benchmarks/RoomBenchmarks",
      swiftSettings: swiftSettings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
}
