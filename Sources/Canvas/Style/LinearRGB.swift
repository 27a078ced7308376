#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A colour in linear light, 0 to 1 per component, which can be added, unlike sRGB values.
struct LinearRGB: Hashable, Sendable {
  var red: Double
  var green: Double
  var blue: Double

  init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Palette colours are taken from xterm; the user's own may differ.
  init(_ color: Color) {
    let (red, green, blue) = color.components
    self.init(red: Self.linear(red), green: Self.linear(green), blue: Self.linear(blue))
  }

  /// The relative luminance, 0 to 1 (WCAG 2.2).
  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  private static func linear(_ component: UInt8) -> Double {
    let value = Double(component) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}
