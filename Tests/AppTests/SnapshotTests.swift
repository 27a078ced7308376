import Canvas
import Health
import Screens
import Terminal
import TestSupport
import Testing

@testable import App

/// One screen as text, in colours, and as a page.
@MainActor
struct SnapshotTests {
  /// Names as nobody should have them.
  private static let names = [
    "<script>alert(1)</script>", "</pre><img src=x onerror=y>", "Acme & Sons \"&amp;\"",
    "a\u{1B}[2J\u{7}b\u{202E}c", "さくら旅行 予約", "مأفية الياسمين",
  ]

  private static func model() async -> ScreenModel {
    let clock = ManualClock()
    let model = ScreenModel(time: clock)
    let readings = names.enumerated().map { index, name in
      let report = HealthReport.sample(
        "10654035224292\(index)",
        number: "+44 7700 90013\(index)",
        name: name,
        waba: .sample("WABA", "102938475610", index == 0 ? "BLOCKED" : "AVAILABLE")
      )
      let number = PhoneNumber.sample("10654035224292\(index)")
      return Reading.sample(number, .success(report), at: clock.now)
    }
    await model.receive(FleetUpdate(readings: readings, accounts: [.sample(.samples[0])]))
    return model
  }

  private static func text(
    _ format: SnapshotCommand.Format,
    view: KeyBinding.Place = .list,
    depth: ColorDepth = .indexed256
  ) async throws -> String {
    let snapshot = Snapshot(
      view: view,
      size: ScreenSize(width: 80, height: 14),
      marks: .unicode,
      chrome: Chrome(title: "demo", showsClock: false)
    )
    let model = await model()
    let canvas = try snapshot.draw(model, filter: "", number: nil, at: model.state.now)
    return SnapshotInk(theme: .standard, depth: depth).text(of: canvas, as: format)
  }

  @Test(arguments: [SnapshotCommand.Format.text, .ansi, .html])
  func `hostile names are nothing but names`(format: SnapshotCommand.Format) async throws {
    let depth: ColorDepth = format == .html ? .truecolor : .indexed256
    let text = try await Self.text(format, depth: depth)
    #expect(text.contains("script") && text.contains("さ"))
    #expect(!text.contains("\u{7}") && !text.contains("\u{202E}"))
    if format != .ansi { #expect(!text.contains("\u{1B}")) }
    if format == .html {
      #expect(!text.contains("<script") && !text.contains("<img"))
      #expect(text.ranges(of: "</pre>").count == 1)
    }
  }

  /// A few rows of their own, so that the recordings are about letters and colours alone.
  @Test(arguments: [SnapshotCommand.Format.text, .ansi, .html])
  func `letters and colours are written as each format wants them`(
    format: SnapshotCommand.Format
  ) throws {
    var canvas = Canvas(width: 44, height: Self.names.count + 1)
    canvas.fill(Rect(row: 0, column: 0, width: 44, height: 1), role: .title)
    canvas.put(" wabatop", row: 0, column: 0, role: .title)
    for (index, name) in Self.names.enumerated() {
      canvas.put("✘ BLK", row: index + 1, column: 1, role: .statusBlocked)
      canvas.put(name, row: index + 1, column: 7, role: .text, width: 30)
      canvas.put("12m", row: index + 1, column: 38, role: .textMuted)
    }
    canvas.select(row: 2)
    let ink = SnapshotInk(theme: .standard, depth: format == .html ? .truecolor : .indexed256)
    let text = ink.text(of: canvas, as: format)
    try RecordedFile.named("Snapshot/hostile.\(format.rawValue)").expect(text)
  }

  @Test func `without colours attributes are left`() async throws {
    let text = try await Self.text(.ansi, depth: .mono)
    #expect(text.contains("\u{1B}[0;") && !text.contains(";38;5;"))
  }

  @Test func `each view that there is can be drawn`() async throws {
    for view in KeyBinding.Place.allCases {
      #expect(try await !Self.text(.text, view: view).isEmpty)
    }
  }

  @Test(
    arguments: [
      ("ansi", "auto", [:], false, ColorDepth.indexed256), ("ansi", "16", [:], false, .ansi16),
      ("ansi", "auto", ["TERM": "vt100"], true, .mono),
      ("ansi", "auto", ["NO_COLOR": "1"], false, .mono),
      ("ansi", "256", ["NO_COLOR": "1"], false, .indexed256),
      ("ansi", "truecolor", [:], true, .truecolor), ("html", "auto", [:], false, .truecolor),
      ("html", "never", [:], false, .mono), ("html", "256", [:], false, .indexed256),
    ] as [(String, String, [String: String], Bool, ColorDepth)]
  )
  func `as many colours as were asked for`(
    format: String,
    color: String,
    environment: [String: String],
    isTerminal: Bool,
    depth: ColorDepth
  ) throws {
    let terminal = TerminalOptions(
      environment: environment,
      color: try #require(ColorPreference(rawValue: color))
    )
    let format = try #require(SnapshotCommand.Format(rawValue: format))
    #expect(SnapshotInk.depth(for: format, on: terminal, isTerminal: isTerminal) == depth)
  }
}
