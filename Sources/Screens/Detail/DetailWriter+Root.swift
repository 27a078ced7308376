import Health
import Monitor

// The root of an inverted tree, in the words of its worst number.
extension DetailWriter {
  func root(_ id: CauseID) -> [DetailSection] {
    switch id {
    case .entity(let reference):
      let entity = record.report?.entities.first { $0.reference == reference }
      return entity.map { self.entity($0, state: HealthState($0.canSendMessage?.value)) }
        ?? [facts(of: reference), impact(of: reference)]
    case .signal:
      let cause = record.causes.first { $0.id == id }?.cause
      return cause.map { [DetailSection(nil, lines(of: $0))] } ?? []
    case .account(let name, _): return [account(name)]
    case .provider, .offline, .templates:
      return [DetailSection(nil, lines(of: Advice(of: id)))]
    }
  }

  private func account(_ name: String) -> DetailSection {
    let condition = fleet.condition(of: name)
    let remedy = condition?.trouble.map { lines(of: Advice(of: .account(name, $0))) } ?? []
    let facts: [DetailLine?] = [
      condition.map { DetailLine("provider", .text($0.account.provider)) },
      condition.map { DetailLine("every", .text(Age($0.effectiveRefresh).text)) },
      condition?.failure.map { DetailLine("outcome", .text(PollOutcome($0.kind).phrase)) },
      condition?.failingSince.map { DetailLine("failing since", .moment($0)) },
      condition?.failure.map { DetailLine(nil, .text($0.message), .words) },
    ]
    return DetailSection(nil, facts.compactMap(\.self) + remedy)
  }

  private func lines(of advice: Advice) -> [DetailLine] {
    [
      advice.meaning.map { DetailLine(nil, .text($0), .meaning) },
      advice.remedy.map { DetailLine("fix", .text($0), .remedy) },
      advice.whoActs.map { DetailLine("who acts", .text($0.phrase), .remedy) },
    ].compactMap(\.self)
  }
}
