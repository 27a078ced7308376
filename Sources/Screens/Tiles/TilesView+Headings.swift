import Canvas
import Health
import Monitor

// The texts of the headings.
extension TilesView {
  func rule(of part: TilesPlacement.Part) -> SectionRule {
    switch part {
    case .causes: causesRule
    case .critical, .limited, .atRisk:
      part.kind.map(rule) ?? SectionRule(marks: marks, title: [])
    case .marks: marksRule
    case .changes: changesRule
    }
  }

  private var causesRule: SectionRule {
    var rule = SectionRule(marks: marks, title: [Phrase("WHAT BROKE IT", .textStrong)])
    if shownCauses < plan.causeCount {
      rule.title.append(Phrase("  \(shownCauses) of \(countOfCauses) causes", .text))
    }
    let bars = [Phrase("bars are shares of \(troubled) in trouble", .textMuted)]
    let shortBars = [Phrase("bars: of \(troubled) in trouble", .textMuted)]
    rule.notes = [bars, shortBars]
    if let first = causes.first, first.cause.severity > .unknown, first.restores > 0 {
      let share = "restores \(first.restores) of \(first.all)"
      let gap = [Phrase(marks.separator, .textMuted)]
      let long = [Phrase("fixing the first line \(share)", .text)]
      let short = [Phrase("the first \(share)", .text)]
      rule.notes = [long + gap + bars, short + gap + shortBars, short]
    }
    return rule
  }

  private var countOfCauses: String {
    plan.causeCount < TilesPlan.mostCountedCauses ? "\(plan.causeCount)" : "\(plan.causeCount)+"
  }

  private func rule(_ kind: TileSection.Kind) -> SectionRule {
    let mark = StateMark(kind.state)
    let tiles = layout.tiles(of: kind)
    let section = board[kind]
    let all = section.tileCount(grouped: tiles.style.isGrouped)
    let seen = min(tiles.rows * layout.columns, all)
    let unit = tiles.style.isGrouped ? "causes" : "numbers"
    var rule = SectionRule(
      marks: marks,
      title: [
        Phrase(kind.state.tilesPhrase, .textStrong), Phrase("  ", .text),
        Phrase("\(section.count)", mark.role),
      ]
    )
    if kind == .limited, board.atRisk.count > 0, layout.tiles(of: .atRisk).lines == 0 {
      rule.notes = [[Phrase("\(board.atRisk.count) at risk not shown", .textMuted)]]
    }
    if seen < all { rule.notes = [[Phrase("\(seen) of \(all) \(unit) shown", .textMuted)]] }
    return rule
  }

  private var marksRule: SectionRule {
    let legend = CountsView.groups.flatMap { group -> [Phrase] in
      let mark = StateMark(group[0])
      let words = group.filter { $0 != .critical }.map { $0.tilesPhrase.lowercased() }
      return [
        Phrase("  ", .text),
        Phrase(mark.sign(marks), mark.role),
        Phrase(" \(words.joined(separator: ", "))", .textMuted),
      ]
    }
    let page = "page \(state.tiles.page + 1) of \(layout.pages)"
    let paging = layout.pages > 1 ? [Phrase(page, .accent)] : []
    let how = layout.pages > 1 ? "" : "one each, by provider and WABA"
    let short = [Phrase("one each", .textMuted)]
    let signs = legend.enumerated().map { place, phrase in
      // Whether nothing is shown before the first one.
      place == 0 && paging.isEmpty
        ? Phrase(String(phrase.text.drop { $0 == " " }), phrase.role) : phrase
    }
    return SectionRule(
      marks: marks,
      title: [Phrase("EVERY NUMBER", .textStrong)],
      notes: [
        paging + [Phrase(how, .textMuted)] + legend, paging + signs,
        paging.isEmpty ? short : paging,
      ]
    )
  }

  private var changesRule: SectionRule {
    let zone = context.saysUTC ? [Phrase("UTC", .textMuted)] : []
    return SectionRule(
      marks: marks,
      title: [Phrase("JUST NOW", .textStrong)],
      notes: [zone]
    )
  }
}

extension TileSection.Kind {
  /// The state of its numbers.
  fileprivate var state: HealthState {
    switch self {
    case .critical: .blocked
    case .limited: .limited
    case .atRisk: .warning
    }
  }
}

extension HealthState {
  /// The tiles' word for it: a warning because of a signal is AT RISK, not LIMITED.
  var tilesPhrase: String { self == .warning ? "AT RISK" : StateMark(self).phrase }
}
