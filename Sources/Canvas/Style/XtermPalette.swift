#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The 256 colours of xterm: the user's 16, a cube of six steps a side, and a ramp of greys.
enum XtermPalette {
  /// The cube's steps are not evenly spaced: dividing by 51 would turn all dark backgrounds of
  /// known themes into the same grey.
  private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

  private static let ansi: [(red: UInt8, green: UInt8, blue: UInt8)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  static func components(of index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    if index < 16 { return ansi[Int(index)] }
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      return (grey, grey, grey)
    }
    let cube = Int(index) - 16
    return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
  }

  /// The entry that is nearest to the colour; the first of equals.
  static func nearest(to color: Oklab, among indices: Range<Int>) -> ColorNumber {
    let nearest = indices.min { left, right in
      color.distance(to: entries[left]) < color.distance(to: entries[right])
    }
    return ColorNumber(nearest ?? 0)
  }

  private static let entries = (0..<256).map { Oklab(.indexed(UInt8($0))) }
}

/// A colour in Björn Ottosson's colour space, in which the distance is the perceived difference.
struct Oklab {
  let lightness: Double
  let greenRed: Double
  let blueYellow: Double

  init(_ color: Color) {
    let light = LinearRGB(color)
    let (red, green, blue) = (light.red, light.green, light.blue)
    let long = cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
    let medium = cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
    let short = cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
    lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short
    greenRed = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short
    blueYellow = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short
  }

  /// The square of the distance, which has the same order.
  func distance(to other: Oklab) -> Double {
    let lightness = lightness - other.lightness
    let greenRed = greenRed - other.greenRed
    let blueYellow = blueYellow - other.blueYellow
    return lightness * lightness + greenRed * greenRed + blueYellow * blueYellow
  }
}
