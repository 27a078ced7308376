// swift-tools-version: 6.3
import Foundation
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

let themeFiles = try FileManager.default
  .contentsOfDirectory(atPath: Context.packageDirectory + "/Sources/themes")
  .filter { $0.hasSuffix(".yaml") }
  .sorted()

let package = Package(
  name: "polls",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "Health", swiftSettings: strict),
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
      name: "Monitor",
      dependencies: [
        "Health",
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: strict
    ),
    .target(name: "Canvas", swiftSettings: strict),
    .systemLibrary(name: "CYAML"),
    .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
    .target(
      name: "Themes",
      path: "Sources/themes",
      exclude: ["LICENSES"],
      sources: ["Themes.swift"],
      resources: themeFiles.map { .embedInCode($0) },
      swiftSettings: strict
    ),
    .target(
      name: "History",
      dependencies: [
        "Monitor", "Health", .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Screens",
      dependencies: ["History", "Monitor", "Health", "Canvas", "Themes", "YAML"],
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: ["History", "Health", "Monitor", "Canvas", "Screens"],
      swiftSettings: strict
    ),
    .target(name: "CHeap"),
    .executableTarget(
      name: "PollBench",
      dependencies: [
        "CHeap", "Health", "Monitor", "Polling", "Providers", "Reports",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
