/// A foreground on a background, as curses numbers colours.
package struct ColorPair: Hashable, Sendable {
  package var foreground: ColorNumber
  package var background: ColorNumber

  package static let standard = ColorPair(foreground: -1, background: -1)
}

/// How a cell is drawn on one terminal: attributes, and the number of a colour pair.
package struct CellStyle: Hashable, Sendable {
  package var attributes: Attributes
  package var pair: Int32

  package init(attributes: Attributes, pair: Int32) {
    self.attributes = attributes
    self.pair = pair
  }
}

/// A style sheet made ready for one terminal: every style that can occur, over a table of pairs that
/// is complete before the first frame.
package struct StyleTable: Sendable {
  /// Pair 0 is the terminal's own colours and cannot be changed.
  package private(set) var pairs: [ColorPair] = [.standard]
  /// By the number of a cell's style.
  package private(set) var byNumber: [CellStyle]
  private let capacity: Int
  private let depth: ColorDepth
  private let attributesWithoutColor: Attributes

  /// Terminals of eight colours have 64 pairs: there, all cells of the selected row share one.
  private var isScarce: Bool { capacity < 256 }

  /// - Parameters:
  ///   - styles: What roles look like.
  ///   - depth: How many colours the terminal shows.
  ///   - capacity: How many pairs of colours it has.
  ///   - attributesWithoutColor: What it can't show on letters that have a colour.
  package init(
    of styles: StyleSheet,
    depth: ColorDepth,
    capacity: Int,
    attributesWithoutColor: Attributes = []
  ) {
    self.capacity = capacity
    self.depth = depth
    self.attributesWithoutColor = attributesWithoutColor
    let plain = CellStyle(attributes: [], pair: 0)
    byNumber = Array(repeating: plain, count: Cell.styleCount)
    let resolver = StyleResolver(styles: styles, depth: depth)
    let selection = resolver.resolve(.selection)
    for role in Role.allCases {
      let style = resolver.resolve(role)
      var cell = Cell(glyph: .space, role: role)
      byNumber[cell.styleNumber] = cellStyle(style.attributes, style.pair)
      cell.isSelected = true
      byNumber[cell.styleNumber] =
        selectedLook(of: style, role: role, selection: selection, resolver: resolver)
    }
  }

  package func style(of cell: Cell) -> CellStyle { byNumber[cell.styleNumber] }

  /// For each style the number of the one that its blanks are sent in: the first with the same
  /// background, for a blank shows neither letters nor what is done to them.
  package var numbersOfBlanks: [Int] {
    byNumber.indices.map { number in
      let style = byNumber[number]
      guard style.attributes.isDisjoint(with: [.reverse, .underline]) else { return number }
      let background = pairs[Int(style.pair)].background
      let same = byNumber.firstIndex {
        $0.attributes.isEmpty && pairs[Int($0.pair)].background == background
      }
      return same ?? number
    }
  }

  private mutating func selectedLook(
    of style: ResolvedStyle,
    role: Role,
    selection: ResolvedStyle,
    resolver: StyleResolver
  ) -> CellStyle {
    // Dim on a reversed row is grey on grey.
    let dimmed = selection.attributes.contains(.reverse)
    let attributes = style.attributes.subtracting(dimmed ? .dim : []).union(selection.attributes)
    // A badge chose both of its colours; and a selection that has none is told by its attributes.
    let isBadge = role.isFilled || style.hasBackground && role != .background
    if isBadge && role != .selection || !selection.hasColors {
      return cellStyle(attributes, style.pair)
    }
    var pair = selection.pair
    if !selection.hasForeground && !isScarce { pair.foreground = style.pair.foreground }
    return cellStyle(attributes, pair)
  }

  /// Many terminals show the bold of their 16 colours as the bright: of black that is a grey.
  private mutating func cellStyle(_ attributes: Attributes, _ pair: ColorPair) -> CellStyle {
    let isBlack = depth <= .ansi16 && pair.foreground == 0
    let number = number(of: pair)
    return CellStyle(
      attributes: shown(isBlack ? attributes.subtracting(.bold) : attributes, number, isBlack),
      pair: number
    )
  }

  /// With another attribute in place of an underline that the terminal can't show in colour: the name of
  /// the sorted column would else look like all others.
  private func shown(_ attributes: Attributes, _ pair: Int32, _ isBlack: Bool) -> Attributes {
    guard pair != 0, !attributes.isDisjoint(with: attributesWithoutColor) else { return attributes }
    let shown = attributes.subtracting(attributesWithoutColor)
    guard attributes.contains(.underline), !shown.contains(.underline) else { return shown }
    let substitutes: [Attributes] = isBlack ? [.reverse] : [.bold, .reverse]
    let substitute = substitutes.first {
      !shown.contains($0) && attributesWithoutColor.isDisjoint(with: $0)
    }
    return shown.union(substitute ?? [])
  }

  /// Finds the pair or adds it; a terminal that has no more pairs shows its own colours.
  private mutating func number(of pair: ColorPair) -> Int32 {
    if let known = pairs.firstIndex(of: pair) { return Int32(known) }
    guard pairs.count < capacity else { return 0 }
    pairs.append(pair)
    return Int32(pairs.count - 1)
  }
}

/// A style in the numbers of one terminal.
private struct ResolvedStyle {
  package var attributes: Attributes
  package var pair: ColorPair
  var hasForeground: Bool
  var hasBackground: Bool
  var hasColors: Bool
}

private struct StyleResolver {
  let styles: StyleSheet
  let depth: ColorDepth

  func resolve(_ role: Role) -> ResolvedStyle {
    let style = styles[role]
    if depth == .mono { return colorless(style, role: role) }
    if depth <= .ansi16, role != .background, let ansi = style.ansi {
      return resolve(style, choosing: ansi, role: role)
    }
    let foreground = style.foreground ?? textColor
    let background = role == .background ? screenColor : style.background ?? screenColor
    return ResolvedStyle(
      attributes: style.attributes.union(isBold(foreground) ? .bold : []),
      pair: ColorPair(
        foreground: letterNumber(foreground),
        background: background.number(at: depth)
      ),
      hasForeground: style.foreground != nil,
      hasBackground: style.background != nil,
      hasColors: style.foreground != nil || style.background != nil
    )
  }

  /// The colour chosen fills bars and badges, under black or white letters; else it is that of the
  /// letters.
  private func resolve(_ style: Style, choosing ansi: Color, role: Role) -> ResolvedStyle {
    let hasBackground = style.background.map { $0 != .standard } ?? false
    let isFilled = role.isFilled || hasBackground
    // The terminal's own letters on its own background, turned over, can be read on any terminal.
    let isReversed = isFilled && ansi == .standard
    var attributes = style.attributes
    if isReversed { attributes.insert(.reverse) }
    if isBold(ansi) && !isFilled { attributes.insert(.bold) }
    let letters = isFilled && !isReversed ? ansi.readable : ansi
    let background = isFilled && !isReversed ? ansi : screenColor
    return ResolvedStyle(
      attributes: attributes,
      pair: ColorPair(
        foreground: letterNumber(letters),
        background: background.number(at: depth)
      ),
      hasForeground: ansi != .standard,
      hasBackground: hasBackground,
      hasColors: ansi != .standard
    )
  }

  /// The background of all that has none of its own.
  private var screenColor: Color {
    let style = styles[.background]
    return (depth <= .ansi16 ? style.ansi : nil) ?? style.background ?? .standard
  }

  private var textColor: Color {
    let style = styles[.text]
    return (depth <= .ansi16 ? style.ansi : nil) ?? style.foreground ?? .standard
  }

  /// Without colours, bars and badges and the selection need something to stand out by.
  private func colorless(_ style: Style, role: Role) -> ResolvedStyle {
    var attributes = style.attributes
    if role.isFilled && attributes.isDisjoint(with: [.reverse, .underline]) {
      attributes.insert(role == .selectionInactive ? .bold : .reverse)
    }
    return ResolvedStyle(
      attributes: attributes,
      pair: .standard,
      hasForeground: false,
      hasBackground: false,
      hasColors: false
    )
  }

  /// A bright colour on a terminal without bright ones is a bold one.
  private func isBold(_ color: Color) -> Bool {
    depth == .ansi8 && color.number(at: .ansi16) > Self.darkGrey
  }

  /// Of eight colours dark grey would be a bold black, which many terminals leave black: white it is.
  private func letterNumber(_ color: Color) -> ColorNumber {
    let isDarkGrey = depth == .ansi8 && color.number(at: .ansi16) == Self.darkGrey
    return isDarkGrey ? 7 : color.number(at: depth)
  }

  private static let darkGrey: ColorNumber = 8
}
