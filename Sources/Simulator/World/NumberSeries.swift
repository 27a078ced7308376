/// Phone numbers from the blocks that regulators reserve for films and examples.
struct NumberSeries {
  private var drawn = 0
  private let offset: Int

  /// Area codes of North America in which 555-0100 to 555-0199 are reserved.
  private static let areas = [
    212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248, 251, 252,
    253, 254, 256, 260, 262, 267, 269, 270, 272, 276, 281, 301, 302, 303, 304, 305, 307, 308, 309,
    310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330, 331, 334, 336, 337, 339,
    346, 347, 351, 352, 360, 361, 364, 380, 385, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410,
    412, 413, 414, 415, 417, 419, 423, 424, 425, 430, 432, 434, 435, 440, 442, 443, 458, 463, 469,
    470, 475, 478, 479, 480, 484, 501, 502, 503, 504, 505, 507, 508, 509, 510, 512, 513, 515, 516,
    517, 518, 520, 530, 531, 534, 539, 540, 541, 551, 559, 561, 562, 563, 567, 570, 571, 573, 574,
    575, 580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 614, 615, 616, 617, 618,
  ]

  init(seed: UInt64) { offset = Int(seed % 97) }

  /// The next number, in the providers' format: `+1 212-555-0143`, `+44 7700 900131`.
  mutating func next() -> String {
    defer { drawn += 1 }
    switch drawn % 5 {
    case 1 where drawn / 5 < 1000: return british(drawn / 5)
    case 3 where drawn / 5 < 1000: return french(drawn / 5)
    default: return american(drawn)
    }
  }

  private func american(_ index: Int) -> String {
    let area = Self.areas[(index + offset) % Self.areas.count]
    let line = 100 + (index / Self.areas.count + offset) % 100
    return "+1 \(area)-555-0\(line)"
  }

  private func british(_ index: Int) -> String {
    "+44 7700 900\(Self.padded((index + offset) % 1000, to: 3))"
  }

  private func french(_ index: Int) -> String {
    let figure = Self.padded((index + offset * 31) % 10_000, to: 4)
    return "+33 6 39 98 \(figure.prefix(2)) \(figure.suffix(2))"
  }

  private static func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
