#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The two most common kinds of colour blindness, at full severity.
package enum ColorVision: CaseIterable, Sendable {
  /// Without the cones for green: about one man in a hundred.
  case deuteranopia
  /// Without the cones for red: equally common.
  case protanopia

  /// Its RGB matrix: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation
  /// of Color Vision Deficiency" (2009), table 1, severity 1.0.
  ///
  /// It applies to linear light, not to sRGB values.
  private var mixture: [(red: Double, green: Double, blue: Double)] {
    switch self {
    case .deuteranopia:
      [
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
      ]
    case .protanopia:
      [
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
      ]
    }
  }

  /// How different two colours look with this vision: CIE76, the distance in Lab.
  ///
  /// Two small signs under about 15 look alike.
  package func difference(_ one: Color, _ other: Color) -> Double {
    CIELab(seen(LinearRGB(one))).distance(to: CIELab(seen(LinearRGB(other))))
  }

  private func seen(_ color: LinearRGB) -> LinearRGB {
    let parts = mixture.map { part in
      let sum = part.red * color.red + part.green * color.green + part.blue * color.blue
      return min(max(sum, 0), 1)
    }
    return LinearRGB(red: parts[0], green: parts[1], blue: parts[2])
  }
}

/// A colour in the space of the CIE of 1976 under daylight (D65).
struct CIELab: Hashable, Sendable {
  let lightness: Double
  let greenRed: Double
  let blueYellow: Double

  init(_ color: LinearRGB) {
    let (red, green, blue) = (color.red, color.green, color.blue)
    let x = Self.root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    let y = Self.root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    let z = Self.root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    lightness = 116 * y - 16
    greenRed = 500 * (x - y)
    blueYellow = 200 * (y - z)
  }

  func distance(to other: CIELab) -> Double {
    let lightness = lightness - other.lightness
    let greenRed = greenRed - other.greenRed
    let blueYellow = blueYellow - other.blueYellow
    return (lightness * lightness + greenRed * greenRed + blueYellow * blueYellow).squareRoot()
  }

  /// The cube root, with the straight line that replaces it near black.
  private static func root(_ value: Double) -> Double {
    value > 216 / 24389 ? cbrt(value) : (24389 / 27 * value + 16) / 116
  }
}
