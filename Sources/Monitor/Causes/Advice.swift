package import Health

/// What a cause means, what to do about it, who acts and where.
package struct Advice: Hashable, Sendable {
  package let meaning: String?
  package let remedy: String?
  package let whoActs: WhoActs?
  package let link: String?

  /// Advice on a cause in a number's answer.
  package init(of cause: Cause, in record: NumberRecord) {
    let remedy = Remedy(of: cause, in: record)
    meaning = remedy.meaning
    self.remedy = remedy.remedy
    whoActs = remedy.whoActs
    link = remedy.link
  }

  /// Advice on a cause that is in no number's answer: templates that can't be sent, or failing
  /// polls.
  package init(of id: CauseID) {
    switch id {
    case .templates(let status):
      let entry = Knowledge.entry(for: status.code)
      self.init(
        entry?.meaning ?? "Templates with status \(status.word) can't be sent, or not for long.",
        entry?.remedy ?? "Check the templates in WhatsApp Manager.",
        entry?.whoActs ?? .you
      )
    case .account(let name, let trouble): self = Self.polling(trouble, "account \(name)")
    case .provider(let name, let trouble): self = Self.polling(trouble, "provider \(name)")
    case .offline:
      self.init(
        "No provider can be reached: probably this machine's network, not theirs. The last known states "
          + "are shown.",
        "Check this machine's network, DNS and proxy.",
        .you
      )
    case .entity, .signal: self.init(nil, nil, nil)
    }
  }

  /// Advice from the entry for a refusal.
  package init(of entry: KnowledgeEntry) {
    meaning = entry.meaning
    remedy = entry.remedy
    whoActs = entry.whoActs
    link = entry.link(waba: nil, business: nil)
  }

  private init(_ meaning: String?, _ remedy: String?, _ whoActs: WhoActs?) {
    self.meaning = meaning
    self.remedy = remedy
    self.whoActs = whoActs
    link = nil
  }

  private static func polling(_ trouble: CauseID.Trouble, _ who: String) -> Advice {
    switch trouble {
    case .keyRejected:
      Advice(
        "The key of \(who) was rejected: its numbers can't be checked, but may be fine.",
        "Replace the key in the configuration, or renew it at the provider.",
        .you
      )
    case .unreachable:
      Advice(
        "There is no answer from \(who). Its numbers may be fine.",
        "Check the network, DNS and proxy, then the provider's status page.",
        nil
      )
    case .throttled:
      Advice(
        "wabatop sends more requests to \(who) than it allows.",
        "Lower requests_per_minute or raise refresh in the configuration.",
        .you
      )
    case .refused:
      Advice(
        "The numbers do not exist, are not yours, or are not visible to the key of \(who).",
        "Check the numbers in the configuration and the permissions of the key.",
        .you
      )
    case .providerError:
      Advice(
        "The provider of \(who) failed to answer. Its numbers may be fine.",
        "Check the provider's status page.",
        .provider
      )
    case .notUnderstood:
      Advice(
        "The answers of \(who) do not have the documented form.",
        "Check base_url and path in the configuration, then ask the provider.",
        .provider
      )
    case .silent:
      Advice(of: Knowledge.noHealthData)
    case .listIncomplete:
      Advice(
        "The list of numbers of \(who) could not be read completely: there may be more numbers than are"
          + " shown.",
        "The numbers that were listed are checked. If this persists, list the numbers in the"
          + " configuration one by one, and tell the provider.",
        .provider
      )
    }
  }
}
