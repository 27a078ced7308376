// swift-tools-version: 6.3
import Foundation
import PackageDescription

// What a key, a frame and a sweep cost the screen, without a network and without a terminal: a package
// of its own, so that building it builds nothing else and the product builds nothing of it.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]
let root = Context.packageDirectory + "/../.."
let themeFiles = try FileManager.default
  .contentsOfDirectory(atPath: root + "/themes")
  .filter { $0.hasSuffix(".yaml") }
  .sorted()

let package = Package(
  name: "frames",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .target(
      name: "Health",
      swiftSettings: strict
    ),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
    ),
    .target(
      name: "Themes",
      path: "Sources/themes",
      exclude: ["LICENSES"],
      sources: ["Themes.swift"],
      resources: themeFiles.map { .embedInCode($0) },
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
    .target(name: "Terminal", dependencies: ["Canvas", "CNcurses"], swiftSettings: strict),
    .systemLibrary(name: "CYAML"),
    .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
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
    .executableTarget(
      name: "frames",
      dependencies: ["Health", "Monitor", "Canvas", "Terminal", "Screens"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
