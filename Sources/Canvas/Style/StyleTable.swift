/// A foreground and a background, as curses' colour numbers.
package struct ColorPair: Hashable, Sendable {
  package var foreground: ColorNumber
  package var background: ColorNumber

  package static let standard = ColorPair(foreground: -1, background: -1)
}

/// The style of a cell on one terminal: attributes and a colour pair's number.
package struct CellStyle: Hashable, Sendable {
  package var attributes: Attributes
  package var pair: Int32

  package init(attributes: Attributes, pair: Int32) {
    self.attributes = attributes
    self.pair = pair
  }
}

/// A style sheet prepared for one terminal: all possible styles, and a table of pairs that is
/// complete before the first frame.
package struct StyleTable: Sendable {
  /// Pair 0 is the terminal's own colours and cannot be changed.
  package private(set) var pairs: [ColorPair] = [.standard]
  /// By the number of a cell's style.
  package private(set) var byNumber: [CellStyle]
  private let capacity: Int
  private let depth: ColorDepth
  private let attributesWithoutColor: Attributes

  /// Terminals with eight colours have 64 pairs, so all cells of the selected row share one.
  private var isScarce: Bool { capacity < 256 }

  /// - Parameters:
  ///   - styles: The styles of the roles.
  ///   - depth: How many colours the terminal shows.
  ///   - capacity: How many pairs of colours it has.
  ///   - attributesWithoutColor: The attributes that it can't combine with colours.
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

  /// For each style, the number of the style for its blanks: the first with the same background,
  /// because a blank shows neither letters nor their attributes.
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
    // Dim on a reversed row would be grey on grey.
    let dimmed = selection.attributes.contains(.reverse)
    let attributes = style.attributes.subtracting(dimmed ? .dim : []).union(selection.attributes)
    // A badge keeps both of its colours; a selection without colours shows by its attributes.
    let isBadge = role.isFilled || style.hasBackground && role != .background
    if isBadge && role != .selection || !selection.hasColors {
      return cellStyle(attributes, style.pair)
    }
    var pair = selection.pair
    if !selection.hasForeground && !isScarce { pair.foreground = style.pair.foreground }
    return cellStyle(attributes, pair)
  }

  /// Many terminals show bold as bright in their 16 colours, which turns black into grey.
  private mutating func cellStyle(_ attributes: Attributes, _ pair: ColorPair) -> CellStyle {
    let isBlack = depth <= .ansi16 && pair.foreground == 0
    let number = number(of: pair)
    return CellStyle(
      attributes: shown(isBlack ? attributes.subtracting(.bold) : attributes, number, isBlack),
      pair: number
    )
  }

  /// Replaces an underline that the terminal can't combine with colours; otherwise the sorted
  /// column's name would look like the others.
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

  /// Finds the pair or adds it; without free pairs, the terminal's own colours are used.
  private mutating func number(of pair: ColorPair) -> Int32 {
    if let known = pairs.firstIndex(of: pair) { return Int32(known) }
    guard pairs.count < capacity else { return 0 }
    pairs.append(pair)
    return Int32(pairs.count - 1)
  }
}

/// A style with the colour numbers of one terminal.
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

  /// The chosen colour fills bars and badges, with black or white letters; otherwise it is the
  /// letters' colour.
  private func resolve(_ style: Style, choosing ansi: Color, role: Role) -> ResolvedStyle {
    let hasBackground = style.background.map { $0 != .standard } ?? false
    let isFilled = role.isFilled || hasBackground
    // The terminal's own colours, reversed, are readable on any terminal.
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

  /// The background of roles without their own.
  private var screenColor: Color {
    let style = styles[.background]
    return (depth <= .ansi16 ? style.ansi : nil) ?? style.background ?? .standard
  }

  private var textColor: Color {
    let style = styles[.text]
    return (depth <= .ansi16 ? style.ansi : nil) ?? style.foreground ?? .standard
  }

  /// Without colours, bars, badges and the selection need attributes to stand out.
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

  /// On a terminal without bright colours, bold replaces them.
  private func isBold(_ color: Color) -> Bool {
    depth == .ansi8 && color.number(at: .ansi16) > Self.darkGrey
  }

  /// With eight colours, dark grey would be bold black, which many terminals show as black, so
  /// white is used.
  private func letterNumber(_ color: Color) -> ColorNumber {
    let isDarkGrey = depth == .ansi8 && color.number(at: .ansi16) == Self.darkGrey
    return isDarkGrey ? 7 : color.number(at: depth)
  }

  private static let darkGrey: ColorNumber = 8
}
