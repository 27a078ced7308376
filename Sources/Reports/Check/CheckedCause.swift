import Health
import Monitor

/// A cause and all numbers of a report that it hits.
struct CheckedCause {
  /// The cause in the words of its first number.
  let cause: Cause
  /// The places of the numbers in the report, worst first.
  private(set) var places: [Int]
  /// The first of its numbers: links need the ids of its WABA and business.
  let example: CheckedNumber

  /// The identity of a cause; an entity's faults are separate for each code.
  private struct Key: Hashable {
    let id: CauseID
    let code: EntityError.Code?
  }

  /// All causes of a report: worst first, then those that hit more numbers.
  static func all(of report: CheckReport) -> [Self] {
    var causes: [Self] = []
    var indices: [Key: Int] = [:]
    for place in report.worstFirst {
      let number = report.numbers[place]
      for (id, cause) in zip(number.causeIDs, number.causes) {
        let key = Key(id: id, code: cause.kind == .poll ? nil : cause.code)
        if let index = indices[key] {
          if causes[index].places.last != place { causes[index].places.append(place) }
        } else {
          indices[key] = causes.count
          causes.append(Self(cause: cause, places: [place], example: number))
        }
      }
    }
    return causes.stablySorted { left, right in
      (left.cause.severity, left.places.count) > (right.cause.severity, right.places.count)
    }
  }
}

// Texts, not sanitized.
extension CheckedCause {
  /// The reason and the subject: `payment failed: WABA Acme UK 102290129340398 (141006)`.
  func title(in fleet: Fleet) -> String {
    switch cause.kind {
    case .poll:
      "\(cause.shortName ?? example.poll.outcome.phrase): account \(example.number.account)"
        + " (\(example.number.provider))"
    case .entity(let type):
      [cause.shortName, subject(type, in: fleet)].compactMap(\.self).joined(separator: ": ")
    case .status, .quality, .name, .token, .webhook, .check: cause.shortName ?? cause.subject
    }
  }

  private func subject(_ type: EntityType, in fleet: Fleet) -> String {
    let name = cause.id.flatMap { fleet.facts(of: EntityReference(type: type, id: $0))?.name }
    let code = cause.code.map { "(\($0.text))" }
    return [type.word, name, cause.id, code].compactMap(\.self).joined(separator: " ")
  }

  /// The provider's words, then the fix and who acts.
  var explanation: [String] {
    let fix = advice.remedy.map { "Fix\(actor.map { " (\($0))" } ?? ""): \($0)" }
    // "Quality is RED." would only repeat the title.
    let words = cause.kind == .quality ? nil : cause.text
    return [words, fix ?? actor.map { "Who acts: \($0)" }].compactMap(\.self)
  }

  /// Nil for a signal of several numbers, which have separate pages.
  var link: String? {
    if case .entity = cause.kind { return advice.link }
    return places.count == 1 ? advice.link : nil
  }

  private var actor: String? { (cause.whoActs ?? advice.whoActs)?.phrase }

  private var advice: (remedy: String?, whoActs: WhoActs?, link: String?) {
    if let entry = Knowledge.entry(for: cause) {
      let link = entry.link(
        waba: example.report?.id(of: .waba),
        business: example.report?.id(of: .business)
      )
      return (entry.remedy, entry.whoActs, link)
    }
    guard cause.kind == .poll else { return (solution, nil, nil) }
    let advice = Advice(
      of: CauseID.account(example.number.account, CauseID.Trouble(example.poll.outcome))
    )
    return (advice.remedy, advice.whoActs, advice.link)
  }

  /// The provider's solution, if there is no advice of our own.
  private var solution: String? {
    let entity = example.report?.entities.first { $0.id == cause.id }
    return entity?.errors.first { $0.code == cause.code }?.solution
  }
}
