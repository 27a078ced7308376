import Canvas

/// How much of something there is, as a row of full and empty cells.
struct Bar {
  let part: Int
  let total: Int
  let cells: Int
  let role: Role

  func phrases(_ marks: Marks) -> [Phrase] {
    let exact = part * cells / max(total, 1)
    // The bar is never empty with a hit, and full only if all are hit.
    let least = part > 0 ? 1 : 0
    let most = part < total ? cells - 1 : cells
    let filled = min(max(exact, least), most)
    return [
      Phrase(String(repeating: marks.barFull, count: filled), role),
      Phrase(String(repeating: marks.barEmpty, count: cells - filled), .barEmpty),
    ]
  }
}
