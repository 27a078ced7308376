// swift-tools-version: 6.3
import Foundation
import PackageDescription

// One section per target with its tests, bottom up. A target imports only lower levels; see README,
// "The source".

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

/// Every YAML file of themes/ is a theme, so a new one needs no line here.
let themeFiles = try FileManager.default
  .contentsOfDirectory(atPath: Context.packageDirectory + "/themes")
  .filter { $0.hasSuffix(".yaml") }
  .sorted()

let package = Package(
  name: "wabatop",
  products: [.executable(name: "wabatop", targets: ["wabatop"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // 0: what stands on nothing
    .target(name: "Health", swiftSettings: strict),
    .testTarget(name: "HealthTests", dependencies: ["Health"], swiftSettings: strict),

    .target(name: "Canvas", swiftSettings: strict),
    .testTarget(
      name: "CanvasTests",
      dependencies: ["Canvas", "TestSupport"],
      swiftSettings: strict
    ),

    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
    ),

    .target(name: "CCurl"),
    .target(name: "CMicrohttpd"),

    .target(
      name: "Themes",
      path: "themes",
      exclude: ["LICENSES"],
      sources: ["Themes.swift"],
      resources: themeFiles.map { .embedInCode($0) },
      swiftSettings: strict
    ),

    .systemLibrary(name: "CLinux"),
    .target(name: "Processes", dependencies: ["CLinux"], swiftSettings: strict),

    .systemLibrary(name: "CYAML"),
    .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: strict),

    .target(
      name: "Simulator",
      dependencies: [
        "CLinux", "YAML",
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Fixtures")],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SimulatorTests",
      dependencies: [
        "Simulator", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),

    // 1
    .target(name: "Providers", dependencies: ["Health"], swiftSettings: strict),
    .testTarget(
      name: "ProvidersTests",
      dependencies: ["Providers", "Health", "TestSupport"],
      swiftSettings: strict
    ),

    .target(
      name: "Polling",
      dependencies: [
        "Health",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PollingTests",
      dependencies: ["Polling", "Providers", "Health", "TestSupport"],
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
    .testTarget(
      name: "MonitorTests",
      dependencies: ["Monitor", "Health", "TestSupport"],
      swiftSettings: strict
    ),

    .target(name: "Terminal", dependencies: ["Canvas", "CNcurses"], swiftSettings: strict),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Terminal", "Canvas", "TestSupport"],
      swiftSettings: strict
    ),

    // 2
    .target(
      name: "Configuration",
      dependencies: ["Providers", "Monitor", "Canvas", "YAML", "Processes"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: ["Configuration", "Monitor", "Providers", "TestSupport"],
      exclude: ["Invalid", "Valid"],
      swiftSettings: strict
    ),

    .target(
      name: "History",
      dependencies: [
        "Monitor", "Health",
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: strict
    ),

    .target(
      name: "Alerts",
      dependencies: ["History", "Monitor", "Providers", "Health", "Processes"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "AlertsTests",
      dependencies: [
        "Alerts", "History", "HistorySQLite", "Monitor", "Providers", "Transport", "Health",
        "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),

    .target(
      name: "Screens",
      dependencies: ["History", "Monitor", "Health", "Canvas", "Themes", "YAML"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ScreensTests",
      dependencies: [
        "Screens", "History", "HistorySQLite", "Monitor", "Health", "Canvas", "Themes",
        "TestSupport",
      ],
      exclude: ["Screens", "Operators/Screens"],
      swiftSettings: strict
    ),

    .target(
      name: "Transport",
      dependencies: [
        "Providers", "Health", "CCurl",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TransportTests",
      dependencies: [
        "Transport", "Providers", "Polling", "Health", "Simulator", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      exclude: ["tls-front.py"],
      swiftSettings: strict
    ),

    // 3
    .target(
      name: "Reports",
      dependencies: ["Screens", "History", "Monitor", "Health", "Canvas"],
      swiftSettings: strict
    ),

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

    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Service", "Reports", "Screens", "History", "HistorySQLite", "Configuration", "Monitor",
        "Health", "TestSupport",
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
      name: "HistoryWriter",
      dependencies: ["HistorySQLite", "History", "Monitor", "Health"],
      path: "Tests/HistoryWriter",
      swiftSettings: strict
    ),
    .testTarget(
      name: "HistoryTests",
      dependencies: [
        "HistorySQLite", "History", "HistoryWriter", "Monitor", "Health", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),

    .target(
      name: "App",
      dependencies: [
        "CLinux", "Health", "Providers", "Transport", "Polling", "Monitor", "Configuration",
        "Canvas", "Terminal", "Screens", "Themes", "Simulator", "YAML", "History", "HistorySQLite",
        "Alerts",
        "Reports", "Service",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Examples")],
      swiftSettings: strict
    ),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "App", "Alerts", "Canvas", "Configuration", "Health", "History", "HistorySQLite", "Monitor",
        "Polling", "Providers", "Reports", "Screens", "Service", "Simulator", "Terminal",
        "TestSupport", "Transport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Cases", "Check", "Doctor", "Help", "History", "Snapshot"],
      swiftSettings: strict
    ),

    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "App", "Canvas", "Configuration", "Health", "Monitor", "Providers", "Screens",
        "Terminal", "TestSupport", "Themes",
      ],
      path: "Tests/Fuzz",
      swiftSettings: strict
    ),

    // 4
    .executableTarget(name: "wabatop", dependencies: ["App"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "wabatop", "Simulator", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),

    .target(
      name: "TestSupport",
      dependencies: ["Canvas", "Health", "Monitor", "Providers", "Polling"],
      path: "Tests/TestSupport",
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
