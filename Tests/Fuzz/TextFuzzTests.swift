import Configuration
import Foundation
import Monitor
import Screens
import TestSupport
import Testing
import Themes

@testable import App
@testable import Canvas
@testable import Terminal

/// What people write: configurations, themes, filters; and what strangers write: names.
struct TextFuzzTests {
  /// However a text is made, its reading ends soon.
  private static let timeLimit = Duration.seconds(5)

  @Test func `no configuration is a trap or takes for ever`() async {
    let original = Array(ConfigurationExample.text.utf8)
    let environment = ProcessEnvironment(
      variables: ["KAPSO_API_KEY": "k"],
      homeDirectory: "/nowhere"
    )
    await Fuzz.run { generator, seed in
      let text = String(decoding: original.mutated(using: &generator), as: UTF8.self)
      let start = ContinuousClock.now
      do throws(ConfigurationError) {
        _ = try ConfigurationFile.parse(text, file: "fuzz.yaml", environment: environment)
      } catch {
        #expect(error.description.contains("fuzz.yaml"), "seed \(seed)")
        #expect(!error.description.contains("\u{1B}"), "seed \(seed)")
      }
      #expect(ContinuousClock.now - start < Self.timeLimit, "seed \(seed)")
    }
  }

  @Test func `no theme is a trap`() async {
    let originals = Themes.all.map { Array($0.text.utf8) }
    await Fuzz.run { generator, seed in
      let original = originals.randomElement(using: &generator) ?? []
      let text = String(decoding: original.mutated(using: &generator), as: UTF8.self)
      do throws(ThemeError) {
        _ = try ThemeFile(reading: text, path: "fuzz.yaml")
      } catch {
        #expect("\(error)".contains("fuzz.yaml"), "seed \(seed)")
      }
    }
  }

  @Test func `no filter is a trap, and a mistake lies within what was typed`() async {
    let words =
      Filter.vocabulary + [
        "(", ")", "or", "and", "not", "!", ",", "\"", "\\", "=~", "!~", "<=", ">", "^[a-", "(a+)+$",
        "é",
        "👩‍👩‍👧", "1h", "99999999999999999999d", " ", "*", "..", "blocked", "red",
      ]
    await Fuzz.run { generator, seed in
      let count = Int.random(in: 0...8, using: &generator)
      let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: Bool.random(using: &generator) ? " " : "")
      do throws(FilterError) {
        _ = try Filter(text)
      } catch {
        #expect(error.range.lowerBound >= 0, "seed \(seed): \(text)")
        #expect(error.range.upperBound <= text.count + 1, "seed \(seed): \(text)")
        #expect(!error.text.isEmpty, "seed \(seed): \(text)")
      }
    }
  }

  @Test func `no bytes of a terminal lock anybody out`() async {
    let pool = Array("\u{1B}[]O?;<0123456789MmA~cRq11rgb/\u{7}".unicodeScalars.map(\.value))
    await Fuzz.run { generator, seed in
      var decoder = KeyDecoder()
      for _ in 0..<4 {
        let inputs = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
          Int.random(in: 0..<30, using: &generator) == 0
            ? RawInput.key(CursesKey.pasteBegin)
            : .character(pool[Int.random(in: 0..<pool.count, using: &generator)])
        }
        _ = decoder.keys(from: inputs)
      }
      _ = decoder.flush()
      // An answer that never ends takes at most as much as any answer has.
      let typed = decoder.keys(from: (0..<100).map { _ in .character(UInt32(UInt8(ascii: "q"))) })
      #expect(typed.contains(.character("q")), "seed \(seed)")
    }
  }

  @Test func `no text is wider than it measures, and none is cut wider than asked`() async {
    await Fuzz.run { generator, seed in
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        let value = UInt32.random(
          in:
            0...([0x7F, 0x2FF, 0xFFFF, 0x1F9FF, 0x10FFFF].randomElement(using: &generator) ?? 0x7F),
          using: &generator
        )
        if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
      }
      let text = String(scalars)
      let room = Int.random(in: 0...20, using: &generator)
      let cut = TextWidth.cut(text, to: room)
      #expect(TextWidth.cells(of: cut) <= max(room, 0), "seed \(seed)")
      var canvas = Canvas(width: 30, height: 2)
      canvas.put(text, row: 0, column: Int.random(in: 0..<30, using: &generator), role: .text)
      #expect(canvas.text(row: 0).unicodeScalars.allSatisfy { $0.value >= 0x20 }, "seed \(seed)")
      #expect(canvas.cells(row: 0).count == 30, "seed \(seed)")
    }
  }
}
