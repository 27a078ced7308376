import Canvas
import Testing

@testable import Screens

struct ThemeChoiceTests {
  @Test(arguments: [
    (nil, "dark"), ("#000000", "dark"), ("#282828", "dark"), ("#002b36", "dark"),
    ("#ffffff", "light"), ("#fdf6e3", "light"), ("#dddddd", "light"),
  ])
  func `auto follows the background`(hex: String?, name: String) throws {
    let dark = try #require(try Theme(named: "dark"))
    let light = try #require(try Theme(named: "light"))
    let choice = ThemeChoice.byBackground { isDark in isDark ? dark : light }
    #expect(choice.dependsOnBackground)
    #expect(choice.theme(on: hex.flatMap { Color(hex: $0) }).name == name)
  }

  @Test func `a theme that was named is that theme on any background`() throws {
    let choice = ThemeChoice.named(try #require(try Theme(named: "light")))
    #expect(!choice.dependsOnBackground)
    #expect(choice.theme(on: .black).name == "light")
  }
}
