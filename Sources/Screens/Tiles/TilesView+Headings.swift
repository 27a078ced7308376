import Canvas
import Health
import Monitor

// What stands in the headings.
extension TilesView {
  func rule(of part: TilesPlacement.Part) -> SectionRule {
    switch part {
    case .causes: causesRule
    case .critical: rule(.critical)
    case .limited: rule(.limited)
    case .marks: marksRule
    case .changes: changesRule
    }
  }

  private var causesRule: SectionRule {
    var rule = SectionRule(marks: marks, title: [Phrase("WHAT BROKE IT", .textStrong)])
    if let first = causes.first, first.incident.severity > .unknown, first.restores > 0 {
      let share = "restores \(first.restores) of \(first.all)"
      rule.notes = ["fixing the first line \(share)", "the first \(share)"].map {
        [Phrase($0, .text)]
      }
    }
    return rule
  }

  private func rule(_ kind: TileSection.Kind) -> SectionRule {
    let mark = StateMark(kind == .critical ? .blocked : .limited)
    let tiles = layout.tiles(of: kind)
    let section = board[kind]
    let all = section.tileCount(grouped: tiles.style.isGrouped)
    let seen = min(tiles.rows * layout.columns, all)
    let unit = tiles.style.isGrouped ? "causes" : "numbers"
    var rule = SectionRule(
      marks: marks,
      title: [
        Phrase(mark.phrase, .textStrong), Phrase("  ", .text),
        Phrase("\(section.count)", mark.role),
      ]
    )
    if seen < all { rule.notes = [[Phrase("\(seen) of \(all) \(unit) shown", .textMuted)]] }
    return rule
  }

  private var marksRule: SectionRule {
    let legend = CountsView.groups.flatMap { group -> [Phrase] in
      let mark = StateMark(group[0])
      return [
        Phrase("  ", .text),
        Phrase(mark.sign(marks), group == [.available] ? .textMuted : mark.role),
        Phrase(" \(mark.phrase.lowercased())", .textMuted),
      ]
    }
    let page = "page \(state.tiles.page + 1) of \(layout.pages)"
    let paging = layout.pages > 1 ? [Phrase(page, .accent)] : []
    let how = layout.pages > 1 ? "" : "one each, by provider and WABA"
    let short = [Phrase("one each", .textMuted)]
    let signs = legend.enumerated().map { place, phrase in
      // Nothing stands before the first one.
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
    let zone = scene.saysUTC ? [Phrase("UTC", .textMuted)] : []
    return SectionRule(
      marks: marks,
      title: [Phrase("JUST NOW", .textStrong)],
      notes: [zone]
    )
  }
}
