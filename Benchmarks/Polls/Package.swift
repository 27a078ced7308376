// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that building wabatop never builds a benchmark. The sources are links to
// those of wabatop, of each target only what a poll passes through.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

let package = Package(
  name: "polls",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "Health",
      dependencies: [.product(name: "HeapModule", package: "swift-collections")],
      swiftSettings: strict
    ),
    .target(name: "Providers", dependencies: ["Health"], swiftSettings: strict),
    .target(
      name: "Polling",
      dependencies: [
        "Health",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Dashboard",
      dependencies: ["Health", .product(name: "HeapModule", package: "swift-collections")],
      swiftSettings: strict
    ),
    .target(name: "Terminal", sources: ["Canvas"], swiftSettings: strict),
    .target(
      name: "Views",
      dependencies: ["Dashboard", "Terminal", "Health"],
      sources: ["Marks.swift", "StateMark.swift"],
      swiftSettings: strict
    ),
    .target(
      name: "App",
      dependencies: ["Health", "Dashboard", "Terminal", "Views"],
      sources: ["Check"],
      swiftSettings: strict
    ),
    .target(name: "CHeap"),
    .executableTarget(
      name: "PollBench",
      dependencies: [
        "App", "CHeap", "Dashboard", "Health", "Polling", "Providers",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
