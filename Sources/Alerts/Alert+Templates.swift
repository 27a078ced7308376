import Health
import Monitor

extension Alert.Templates {
  /// The templates among victims; nil where there is none.
  init?(among victims: [Subject], with cause: CauseID?, in fleet: Fleet) {
    let templates = victims.compactMap(\.template)
    guard !templates.isEmpty, case .templates(let status)? = cause else { return nil }
    count = templates.count
    first = templates.prefix(Alert.mostVictims).map { waba, id in
      let template = fleet.template(id, of: waba)
      return Alert.Template(
        waba: waba,
        id: id,
        name: template?.name,
        language: template?.language,
        status: status.word
      )
    }
  }
}

extension CauseID {
  /// The page of templates that can't be sent, if all of them are of one business account.
  func link(to templates: [Subject]) -> String? {
    guard case .templates(let status) = self else { return nil }
    let wabas = Set(templates.compactMap(\.template?.waba))
    guard wabas.count == 1 else { return nil }
    return Knowledge.entry(for: status.code)?.link(waba: wabas.first, business: nil)
  }
}

extension Alert {
  /// Such as `WabaTemplatePaused`, `WabaTemplateLimitExceeded`.
  static func name(of status: TemplateStatus) -> String {
    "WabaTemplate"
      + status.word.split(separator: "_").map { $0.prefix(1) + $0.dropFirst().lowercased() }
      .joined()
  }
}

extension Fleet {
  /// What a cause concerns: the numbers that it hits, and those that may send templates that it hits.
  func records(concernedBy victims: [Subject]) -> [NumberRecord] {
    let wabas = Set(victims.compactMap(\.template?.waba))
    let senders = Set(
      wabas.flatMap { numbers(sharing: EntityReference(type: .waba, id: $0), first: .max) }
    )
    return victims.compactMap { $0.number.flatMap { self[$0] } }
      + senders.sorted().map { records[$0] }
  }
}
