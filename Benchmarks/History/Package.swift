// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that building wabatop never builds a benchmark. The sources are links to
// those of wabatop.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

let package = Package(
  name: "history",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(name: "Health", swiftSettings: strict),
    .target(
      name: "Monitor",
      dependencies: [
        "Health",
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: strict
    ),
    .systemLibrary(name: "CLinux"),
    .target(
      name: "History",
      dependencies: [
        "Monitor", "Health", .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "HistorySQLite",
      dependencies: [
        "History", "Monitor", "Health", "CLinux",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "HistoryBench",
      dependencies: ["HistorySQLite", "History", "Monitor", "Health"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
