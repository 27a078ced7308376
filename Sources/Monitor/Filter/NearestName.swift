import Health

/// Finds the name that was probably meant.
package enum NearestName {
  /// The closest of `names`, if it is close enough to be a typing mistake.
  package static func of(_ word: String, among names: [String]) -> String? {
    let lowered = word.lowercased()
    let closest =
      names
      .map { (name: $0, distance: distance(lowered, $0.lowercased())) }
      .min { $0.distance < $1.distance }
    guard let closest, closest.distance <= max(1, min(3, word.count / 3)) else { return nil }
    return closest.name
  }

  /// `; did you mean "…"?`, or nothing.
  package static func suggestion(for word: String, among names: [String]) -> String {
    of(word, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// Insertions, deletions, substitutions and swaps of neighbours between two words.
  package static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(substitution, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
