/// The rows of numbers that one update moves, so that all of them cost one pass.
///
/// Moved one by one, each would shift all rows below it: at the start, every number moves once.
struct RowMoves {
  /// Former rows, in any order.
  var leaving: [Int] = []
  /// Numbers that get a row.
  var entering: [Int32] = []

  /// Removes those that leave.
  func remove(from rows: inout [Int32]) {
    guard let first = leaving.min() else { return }
    if leaving.count == 1 {
      rows.remove(at: first)
      return
    }
    let sorted = leaving.sorted() + [rows.count]
    rows.withUnsafeMutableBufferPointer { rows in
      guard let base = rows.baseAddress else { return }
      var end = first
      for (row, next) in zip(sorted, sorted.dropFirst()) {
        (base + end).update(from: base + row + 1, count: next - row - 1)
        end += next - row - 1
      }
    }
    rows.removeLast(leaving.count)
  }

  /// Inserts those that enter, which must be in order.
  ///
  /// - Parameters:
  ///   - rows: All other rows, in order.
  ///   - rank: The first row whose number is not before a number.
  func insert(into rows: inout [Int32], rank: (Int32, [Int32]) -> Int) {
    guard let last = entering.last else { return }
    if entering.count == 1 {
      rows.insert(last, at: rank(last, rows))
      return
    }
    let ranks = entering.map { rank($0, rows) }
    var end = rows.count
    rows.append(contentsOf: entering)
    rows.withUnsafeMutableBufferPointer { rows in
      guard let base = rows.baseAddress else { return }
      for index in entering.indices.reversed() {
        let row = ranks[index]
        (base + row + index + 1).update(from: base + row, count: end - row)
        base[row + index] = entering[index]
        end = row
      }
    }
  }
}
