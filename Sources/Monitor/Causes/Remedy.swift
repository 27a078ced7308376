package import Health

/// What to do about a cause, who acts, and where.
package struct Remedy: Hashable, Sendable {
  package let meaning: String?
  package let remedy: String?
  package let whoActs: WhoActs?
  package let link: String?

  package init(of cause: Cause, in record: NumberRecord) {
    let entry = Knowledge.entry(for: cause)
    let report = record.report
    meaning = entry?.meaning
    remedy = entry?.remedy
    whoActs = cause.whoActs ?? entry?.whoActs
    link = entry?.link(waba: report?.id(of: .waba), business: report?.id(of: .business))
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
