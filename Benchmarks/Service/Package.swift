// swift-tools-version: 6.3
import Foundation
import PackageDescription

// What an answer over HTTP costs: a package of its own, so that building wabatop never builds a
// benchmark. The sources are links to those of wabatop.

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
  name: "service",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "Health", swiftSettings: strict),
    .target(name: "Providers", dependencies: ["Health"], swiftSettings: strict),
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
      name: "Configuration",
      dependencies: ["Providers", "Monitor", "Canvas", "YAML"],
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
    .target(name: "CMicrohttpd"),
    .target(
      name: "Service",
      dependencies: [
        "Reports", "Screens", "History", "Configuration", "Monitor", "Health", "Canvas",
        "CMicrohttpd",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "ServiceBench",
      dependencies: ["Service", "Reports", "Configuration", "Monitor", "Health"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
