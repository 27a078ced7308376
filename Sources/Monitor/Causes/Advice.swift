package import Health

/// What a cause means, what to do about it, who does it and where.
package struct Advice: Hashable, Sendable {
  package let meaning: String?
  package let remedy: String?
  package let whoActs: WhoActs?
  package let link: String?

  /// Of what a number's answer says.
  package init(of cause: Cause, in record: NumberRecord) {
    let remedy = Remedy(of: cause, in: record)
    meaning = remedy.meaning
    self.remedy = remedy.remedy
    whoActs = remedy.whoActs
    link = remedy.link
  }

  /// Of what no answer about a number says: templates that can't be sent, polls that bring nothing.
  package init(of id: CauseID) {
    switch id {
    case .templates(let status):
      let entry = Knowledge.entry(for: status.code)
      self.init(
        entry?.meaning ?? "Templates with status \(status.word) can't be sent, or not for long.",
        entry?.remedy ?? "Look at the templates in WhatsApp Manager.",
        entry?.whoActs ?? .you
      )
    case .account(let name, let trouble): self = Self.polling(trouble, "account \(name)")
    case .provider(let name, let trouble): self = Self.polling(trouble, "provider \(name)")
    case .offline:
      self.init(
        "No provider can be reached: it is our line, not theirs. What is shown is the last that was "
          + "heard.",
        "Look at this machine's network, DNS and proxy. Everything is asked again by itself.",
        .you
      )
    case .entity, .signal: self.init(nil, nil, nil)
    }
  }

  /// Of a refusal whose code names who has to act.
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
        "The key of \(who) is refused: its numbers can't be asked, which says nothing about them.",
        "Replace the key in the configuration, or renew it at the provider.",
        .you
      )
    case .unreachable:
      Advice(
        "No answer comes from \(who). Its numbers may be fine.",
        "Look at network, DNS and proxy, then at the provider's status page. It is asked again by "
          + "itself.",
        nil
      )
    case .throttled:
      Advice(
        "We ask \(who) more often than it allows.",
        "Lower requests_per_minute or raise refresh in the configuration. It is asked again by itself.",
        .you
      )
    case .refused:
      Advice(
        "The numbers are gone, not ours, or not permitted to the key of \(who).",
        "Look at the numbers in the configuration and at the key's permissions.",
        .you
      )
    case .providerError:
      Advice(
        "The provider of \(who) failed to answer. Its numbers may be fine.",
        "Look at the provider's status page. It is asked again by itself.",
        .provider
      )
    case .notUnderstood:
      Advice(
        "What \(who) answers is not what its provider promises.",
        "Look at base_url and path in the configuration, then ask the provider.",
        .provider
      )
    case .silent:
      Advice(
        "\(who.first?.uppercased() ?? "")\(who.dropFirst()) answers, but says nothing of health.",
        "Look at the number at the provider: it may not be connected.",
        .provider
      )
    case .listIncomplete:
      Advice(
        "The list of numbers of \(who) could not be read to its end: there may be more numbers than are"
          + " shown, and nothing is known of those.",
        "Those that were listed are watched. The list is read again by itself; if it stays so, name the"
          + " numbers one by one in the configuration, and tell the provider.",
        .provider
      )
    }
  }
}
