import Monitor
import YAML

/// The operator's own names: for entities, and for filters.
extension ConfigurationReader {
  mutating func labels(of top: ConfigurationSection) -> [String: String] {
    texts(of: "labels", in: top, expected: "a map of ids to labels", item: "a label")
      .reduce(into: [:]) { $0[$1.entry.key] = $1.text }
  }

  /// Each filter is parsed now, so that mistakes are found early.
  mutating func filters(of top: ConfigurationSection) -> [String: String] {
    var filters: [String: String] = [:]
    let expected = "a map of names to filters"
    for (entry, text) in texts(of: "filters", in: top, expected: expected, item: "a filter") {
      guard SavedFilters.isName(entry.key) else {
        mistake(
          "filters: expected a name of letters, digits, - and _, not \"\(entry.key)\"",
          at: entry.keyMark
        )
        continue
      }
      do throws(FilterError) {
        _ = try Filter(text)
        filters[entry.key] = text
      } catch {
        mistake("filters.\(entry.key): \(error.message)", at: entry.value.mark)
      }
    }
    return filters
  }

  private mutating func texts(
    of key: String,
    in top: ConfigurationSection,
    expected: String,
    item: String
  ) -> [(entry: ConfigurationSection.Entry, text: String)] {
    guard let entry = top[key], let map = section(entry.value, path: key, expected: expected)
    else { return [] }
    return map.entries.compactMap { entry in
      text(entry, of: map, expected: item).map { (entry, $0) }
    }
  }
}
