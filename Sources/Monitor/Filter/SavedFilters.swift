/// Named filters: `=NAME` refers to one.
package struct SavedFilters: Hashable, Sendable {
  private var configured: [String: String]
  /// Saved in this run, until it ends.
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

  /// Replaces the filters of the configuration; those saved in this run stay.
  package mutating func replaceConfigured(with texts: [String: String]) { configured = texts }

  /// Parses a filter, or looks up the name of one.
  ///
  /// - Throws: `FilterError`, also if there is no filter of that name.
  package func filter(_ typed: String) throws(FilterError) -> Filter {
    guard typed.hasPrefix("=") else { return try Filter(typed) }
    let name = String(typed.dropFirst()).trimmingWhitespace
    if let text = saved[name] ?? configured[name] { return try Filter(text) }
    let names = names
    let all = names.joined(separator: ", ")
    let known = names.isEmpty ? "; no filter is saved" : "; saved are \(all)"
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
