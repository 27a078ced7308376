import Health

/// What to do about a cause, who does it, and where: the provider's advice beside ours.
struct Remedy: Hashable, Sendable {
  let meaning: String?
  let remedy: String?
  let whoActs: WhoActs?
  let link: String?
  /// The cause in the provider's words.
  let words: String

  init(of cause: Cause, in record: NumberRecord) {
    let type: EntityType? = if case .entity(let type) = cause.kind { type } else { nil }
    let entry = Knowledge.entry(for: cause.code, on: type)
    let report = record.report
    meaning = entry?.meaning
    remedy = entry?.remedy
    whoActs = cause.whoActs ?? entry?.whoActs
    link = entry?.link(waba: report?.id(of: .waba), business: report?.id(of: .business))
    words = [cause.code.map(\.text), cause.text].compactMap(\.self).joined(separator: " ")
  }

  var lines: [String] {
    [words, meaning, remedy.map { "Fix: \($0)" }, whoActs.map { "Who acts: \($0.phrase)" }, link]
      .compactMap(\.self)
  }
}

extension WhoActs {
  package var phrase: String {
    switch self {
    case .you: "you"
    case .provider: "your provider"
    case .meta: "Meta"
    }
  }
}
