/// Filters with a name: `=NAME` in place of a filter stands for one.
package struct SavedFilters: Hashable, Sendable {
  private var configured: [String: String]
  /// Those of this run, which last until it ends.
  private var saved: [String: String] = [:]

  /// - Parameter texts: The filters of the configuration by name.
  package init(_ texts: [String: String] = [:]) { configured = texts }

  package var names: [String] {
    Set(configured.keys).union(saved.keys).sorted()
  }

  /// Whether a name can be typed as one word.
  package static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_"
      }
  }

  /// Keeps a filter until the run ends.
  package mutating func save(_ text: String, as name: String) { saved[name] = text }

  /// Takes another version of the configuration; what was saved in this run stays.
  package mutating func replaceConfigured(with texts: [String: String]) { configured = texts }

  /// Understands what was typed: a filter, or the name of one.
  ///
  /// - Throws: `FilterError`, also where there is no filter of that name.
  package func filter(_ typed: String) throws(FilterError) -> Filter {
    guard typed.hasPrefix("=") else { return try Filter(typed) }
    let name = String(typed.dropFirst()).trimmingWhitespace
    if let text = saved[name] ?? configured[name] { return try Filter(text) }
    let names = names
    let known = names.isEmpty ? "; none is saved" : "; there are \(names.joined(separator: ", "))"
    let near = NearestName.suggestion(for: name, among: names)
    throw FilterError(
      "there is no saved filter \"\(name)\"\(near.isEmpty ? known : near)",
      at: 1..<max(typed.count, 1)
    )
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var rest = Substring(self)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest.drop(while: \.isWhitespace))
  }
}
