package import Dashboard
package import Terminal

/// The one table of keys: what they do, the footer, the help screen and the README come from it.
///
/// One key has one meaning in all views; where two letters belong together (`r R`, `n N`, `s S`), Shift
/// is the stronger or reverse form; function keys are only aliases.
package enum KeyMap {
  package static let bindings: [KeyBinding] = moving + finding + acting + display + program
}

// MARK: - From a key to a command

extension KeyMap {
  package enum Answer: Hashable, Sendable {
    case command(Command)
    /// The key is known but does nothing now; the text says why.
    case disabled(String)
    case unbound
  }

  /// What a key asks for where the operator is now.
  package static func answer(to key: KeyEvent, in state: DashboardState) -> Answer {
    if state.isTypingFilter { return typing(key) }
    guard let binding = binding(for: key, in: KeyBinding.Place(state.route)) else {
      return .unbound
    }
    if let reason = binding.reasonDisabled(in: state) { return .disabled(reason) }
    return .command(scrollsDetail(state) ? binding.command.scrollingDetail : binding.command)
  }

  /// What works in a place, in the order of the table.
  package static func bindings(in place: KeyBinding.Place) -> [KeyBinding] {
    bindings.filter { $0.places.contains(place) }
  }

  package static func binding(for key: KeyEvent, in place: KeyBinding.Place) -> KeyBinding? {
    bindings.first { $0.places.contains(place) && $0.keys.contains(key) }
  }

  /// The detail has the whole screen, so that moving moves in it.
  private static func scrollsDetail(_ state: DashboardState) -> Bool {
    state.treeNumber != nil && state.isZoomed && state.overlay == nil
  }

  /// While a filter is typed, characters are text.
  private static func typing(_ key: KeyEvent) -> Answer {
    switch key {
    case .character(let character): .command(.editFilter(.insert(String(character))))
    case .backspace, .delete: .command(.editFilter(.deleteBackward))
    case .control("w"): .command(.editFilter(.deleteWord))
    case .control("u"): .command(.editFilter(.clear))
    case .enter: .command(.editFilter(.keep))
    case .escape: .command(.editFilter(.drop))
    case .up, .down, .pageUp, .pageDown, .control("c"), .control("l"), .control("z"):
      binding(for: key, in: .list).map { .command($0.command) } ?? .unbound
    default: .unbound
    }
  }
}

extension Command {
  fileprivate var scrollingDetail: Command {
    if case .move(let movement) = self { .scrollDetail(movement) } else { self }
  }
}

// MARK: - In the README

extension KeyMap {
  /// The table of keys as the README has it between `<!-- keys -->` and `<!-- /keys -->`.
  package static var markdown: String {
    let rows = bindings.map { binding in
      let keys = binding.keys.map { "`\($0.name(.unicode))`" }.joined(separator: " ")
      return "| \(keys) | \(binding.help) | \(places(of: binding)) |"
    }
    return (["| keys | what they do | view |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  private static func places(of binding: KeyBinding) -> String {
    let places = KeyBinding.Place.allCases
    if binding.places.count == places.count { return "all" }
    return places.filter(binding.places.contains).map(\.rawValue).joined(separator: ", ")
  }
}
