import Canvas
import Health
import Monitor

/// The chosen account: what is wrong and who fixes it, then how its polls, its budget and its keys are.
///
///      ACCOUNT india · kaleyra · key rejected for 3m
///      The key of account india was rejected: its numbers can't be checked, but may be fine.
///      Fix: Replace the key in the configuration, or renew it at the provider.
///      Last error 12s ago, HTTP 401: Kaleyra answered "…"
///      Polls      last success 3m ago · next 4m48s
///      Budget     3 of 60 a minute used, 57 left
struct AccountPane {
  let context: DrawContext

  private var marks: Marks { context.marks }

  private static let labelCells = 11

  func draw(on canvas: inout Canvas) {
    guard canvas.height > 0, canvas.width > 20, let line = context.state.selectedAccount else {
      return
    }
    let gap = canvas.height > 16 ? [PaneBlock([[]], weight: 0)] : []
    let blocks =
      trouble(line, canvas.width) + gap
      + facts(AccountFacts(context: context, line: line), canvas.width)
    let lines = blocks.fitted(canvas.height, marks).flatMap(\.lines)
    for (row, phrases) in lines.prefix(canvas.height).enumerated() {
      canvas.put(phrases, row: row, column: 0, width: canvas.width)
    }
  }

  private func trouble(_ line: AccountLine, _ width: Int) -> [PaneBlock] {
    let advice = line.advice
    let fix = advice?.remedy.map { "Fix: \($0)" }
    let who = advice?.whoActs.map { "Who acts: \($0.phrase)" }
    return [
      PaneBlock([title(line).cut(to: width)], weight: 9, least: 1),
      PaneBlock(context.paneLines(advice?.meaning, .text, width), weight: 2, endsInWords: true),
      PaneBlock(context.paneLines(fix, .textStrong, width), weight: 8, least: 1, endsInWords: true),
      PaneBlock(context.paneLines(who, .text, width), weight: 6),
      PaneBlock(
        context.paneLines(advice?.link, .accent, width, link: advice?.link),
        weight: 5,
        isWhole: true
      ),
    ]
  }

  private func title(_ line: AccountLine) -> [Phrase] {
    let row = AccountRow(context: context, line: line)
    let provider = row.provider == row.name ? "" : "\(marks.separator)\(row.provider)"
    return [
      Phrase("ACCOUNT ", .treeType), Phrase(TextWidth.cut(row.name, to: 40), .textStrong),
      Phrase(provider, .text), Phrase(marks.separator, .text),
    ] + row.trouble(width: 60)
  }

  private func facts(_ facts: AccountFacts, _ width: Int) -> [PaneBlock] {
    facts.all.map { fact in
      let room = max(width - Self.labelCells, 1)
      let texts = TextWrap.lines(context.masked(fact.text.sanitized), width: room)
      let lines = texts.enumerated().map { index, text in
        let label = index == 0 ? fact.label : ""
        return [
          Phrase(label.padding(to: Self.labelCells), .textMuted), Phrase(text, fact.role),
        ]
      }
      return PaneBlock(
        lines,
        weight: fact.weight,
        least: fact.weight > 4 ? 1 : 0,
        endsInWords: true
      )
    }
  }
}

extension String {
  fileprivate func padding(to cells: Int) -> String {
    self + String(repeating: " ", count: Swift.max(cells - count, 0))
  }
}
