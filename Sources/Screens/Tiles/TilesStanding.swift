import Canvas
import Health
import Monitor

/// The totals: `512 numbers · 6 providers · 61 WABAs`.
struct Totals {
  let context: DrawContext

  var text: String {
    let tiles = context.state.tiles.index
    let total = tiles.total.total
    let all = context.state.fleet.counts.total
    let numbers = total == all ? counted(total, "number") : "\(total) of \(counted(all, "number"))"
    let parts = [
      numbers, counted(tiles.providerCount, "provider"), counted(tiles.wabaCount, "WABA"),
    ]
    let notes = NoteCounts(context.state.fleet.counts).words
    return (parts + notes).joined(separator: context.marks.separator)
  }

  private func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }
}

/// The status of the tiles for the line above the keys.
struct TilesStanding {
  let context: DrawContext

  /// The longest first.
  var choices: [[Phrase]] {
    let state = context.state
    let filter = state.filtering.filter.text.sanitized
    var parts: [Phrase] = []
    if !filter.isEmpty { parts.append(Phrase("filter \"\(filter)\"", .accent)) }
    if state.filtering.onlyProblems { parts.append(Phrase("only problems", .accent)) }
    let narrowing = joined(parts)
    guard let record = state.selectedRecord, record.state.isProblem else {
      return [narrowing.isEmpty ? [Phrase(Totals(context: context).text, .textMuted)] : narrowing]
    }
    let number = Phrase(context.number(record), .text)
    let named = (record.shownName.map { [Phrase($0, .textStrong)] } ?? []) + [number]
    let why = record.assessment.causes.first.map {
      [Phrase(context.masked($0.text.sanitized), .textMuted)]
    }
    return [
      joined(parts + named + (why ?? [])), joined(parts + named), joined(parts + [number]),
      narrowing,
    ]
  }

  private func joined(_ parts: [Phrase]) -> [Phrase] {
    Array(parts.map { [$0] }.joined(separator: [Phrase(context.marks.separator, .textMuted)]))
  }
}
