import Testing

@testable import Canvas

/// The figures are those of the palettes' table in the notes that the themes were chosen from, rounded as there.
struct ColorVisionTests {
  @Test(arguments: [
    ("#b8bb26", "#282828", 7.1), ("#fb4934", "#282828", 4.3), ("#bf616a", "#2e3440", 3.1),
    ("#50fa7b", "#282a36", 10.4), ("#dc322f", "#002b36", 3.2), ("#df8e1d", "#eff1f5", 2.3),
    ("#009e73", "#000000", 6.1), ("#f0e442", "#000000", 15.9), ("#e69f00", "#ffffff", 2.3),
    ("#ffffff", "#000000", 21), ("#777777", "#777777", 1),
  ])
  func `contrast is WCAG's, whichever is above`(one: String, other: String, ratio: Double) throws {
    let (one, other) = (try color(one), try color(other))
    #expect(abs(one.contrast(with: other) - ratio) < 0.05)
    #expect(one.contrast(with: other) == other.contrast(with: one))
  }

  @Test(arguments: [
    ("#b8bb26", "#fb4934", 14.0, 45.0), ("#b8bb26", "#fabd2f", 11, 5),
    ("#79740e", "#9d0006", 12, 32), ("#79740e", "#b57614", 12, 6),
    ("#a3be8c", "#bf616a", 19, 33), ("#a3be8c", "#ebcb8b", 19, 13),
    ("#50fa7b", "#ff5555", 20, 54), ("#50fa7b", "#f1fa8c", 12, 7),
    ("#859900", "#dc322f", 11, 40), ("#859900", "#b58900", 4, 3),
    ("#a6e3a1", "#f38ba8", 21, 42), ("#a6e3a1", "#f9e2af", 9, 5),
    ("#40a02b", "#d20f39", 9, 52), ("#40a02b", "#df8e1d", 23, 5),
    ("#009e73", "#d55e00", 53, 37), ("#009e73", "#f0e442", 72, 70),
    ("#56b4e9", "#d55e00", 101, 89), ("#56b4e9", "#f0e442", 113, 115),
    ("#0072b2", "#d55e00", 108, 92), ("#0072b2", "#e69f00", 122, 110),
  ])
  func `colours come closer without the cones for green or red`(
    one: String,
    other: String,
    deuteranopia: Double,
    protanopia: Double
  ) throws {
    let (one, other) = (try color(one), try color(other))
    #expect(abs(ColorVision.deuteranopia.difference(one, other) - deuteranopia) <= 0.5)
    #expect(abs(ColorVision.protanopia.difference(one, other) - protanopia) <= 0.5)
  }

  @Test(arguments: ColorVision.allCases)
  func `greys stay the greys they are`(vision: ColorVision) {
    #expect(abs(vision.difference(.black, .white) - 100) < 0.5)
    #expect(vision.difference(.white, .white) == 0)
  }

  @Test(arguments: [("#ffffff", false), ("#fdf6e3", false), ("#000000", true), ("#2e3440", true)])
  func `a background is dark where white is read better`(hex: String, isDark: Bool) throws {
    #expect(try color(hex).isDark == isDark)
  }

  private func color(_ hex: String) throws -> Color { try #require(Color(hex: hex)) }
}
