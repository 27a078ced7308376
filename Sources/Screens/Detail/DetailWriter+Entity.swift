import Health
import Monitor

// An entity: its states, its errors with their fixes, and its facts.
extension DetailWriter {
  func entity(_ entity: HealthEntity, state: HealthState) -> [DetailSection] {
    let known = entity.reference.map { [impact(of: $0), facts(of: $0)] } ?? []
    return entitySections(entity, heading: nil, state: state) + known
  }

  func entitySections(
    _ entity: HealthEntity,
    heading: String?,
    state: HealthState? = nil
  ) -> [DetailSection] {
    [
      DetailSection(heading, channels(of: entity, state: state) + age),
      DetailSection(
        "additional info",
        entity.additionalInfo.map { DetailLine(nil, .text($0), .words) }
      ),
    ]
      // Messaging errors come first.
      + entity.errors.stablySorted { $0.channel == .messaging && $1.channel != .messaging }
      .map { section(of: $0, on: entity.type?.value) }
  }

  /// The age of an entity's state that the last answer omitted.
  private func lastReportOf(_ entity: HealthEntity) -> DetailLine? {
    lastReportOf(.entity(entity.type?.value, id: entity.id)) ?? lastReportOf(.health)
  }

  private func channels(of entity: HealthEntity, state: HealthState?) -> [DetailLine] {
    let own = HealthState(entity.canSendMessage?.value)
    let sent = entity.canSendMessage?.text ?? "not reported"
    var lines = [DetailLine("can_send_message", .state(record.isOld ? record.state : own, sent))]
    if let told = lastReportOf(entity) { lines.append(told) }
    if let state, state != own, !record.isOld {
      lines.append(DetailLine("with its own facts", .state(state, state.word)))
    }
    if let sip = entity.canReceiveCallSIP {
      lines.append(calling("can_receive_call_sip", HealthState(sip.value), sip.text))
    }
    return lines + self.lines(of: entity.otherChannels)
  }

  private func section(of error: EntityError, on type: EntityType?) -> DetailSection {
    let entry = Knowledge.entry(for: error.code, on: type)
    let name = ["error", error.code?.text].compactMap(\.self).joined(separator: " ")
    let link = entry?.link(
      waba: record.report?.id(of: .waba),
      business: record.report?.id(of: .business)
    )
    let label = entry == nil ? nil : "the provider's words"
    return DetailSection(
      error.channel == .calling ? "\(name) (calls only)" : name,
      [
        entry.map { DetailLine(nil, .text($0.meaning), .meaning) },
        entry.map { DetailLine("fix", .text($0.remedy), .remedy) },
        entry?.whoActs.map { DetailLine("who acts", .text($0.phrase), .remedy) },
        link.map { DetailLine(nil, .link($0), .remedy) },
        error.description.map { DetailLine(label, .text($0), .words) },
        error.solution.map { DetailLine("the provider's advice", .text($0), .words) },
      ].compactMap(\.self)
    )
  }

  /// The other numbers that depend on it.
  func impact(of reference: EntityReference) -> DetailSection {
    let sharing = fleet.count(sharing: reference)
    let cause = causes.cause(.entity(reference), in: fleet)
    return DetailSection(
      "blast radius",
      [
        DetailLine("shared by", .text(sharing == 1 ? "1 number" : "\(sharing) numbers")),
        cause.map { DetailLine("a cause for", .text("\($0.hit) of them")) },
        (cause?.since).map { DetailLine("since", .moment($0)) },
      ].compactMap(\.self)
    )
  }

  func facts(of reference: EntityReference) -> DetailSection {
    guard let facts = fleet.facts(of: reference) else { return DetailSection(nil, []) }
    let name = facts.name.map { [DetailLine("name", .text($0))] } ?? []
    let parent = facts.parent.map { [DetailLine($0.type.word, .text($0.id))] } ?? []
    let lastReportOf = facts.conditions.compactMap { condition in
      fleet.lastReported(condition.subject, of: reference).map {
        DetailLine("\(condition.text) last reported", .moment($0), .note)
      }
    }
    return DetailSection("facts", name + lines(of: facts.facts) + lastReportOf + parent)
  }

  func template(_ template: MessageTemplate, _ waba: String) -> [DetailSection] {
    let quality = template.quality.map { quality in
      DetailLine(
        "quality",
        quality.value.severity == .ok ? .text(quality.text) : .state(.warning, quality.text)
      )
    }
    let link = KnowledgePage.templates.link(waba: waba, business: nil)
    let lines = [
      DetailLine("status", .state(template.status.value.state, template.status.text)),
      template.language.map { DetailLine("language", .text($0)) },
      template.category.map { DetailLine("category", .text($0)) },
      quality,
      template.rejectedReason.map { DetailLine("rejected for", .text($0)) },
      DetailLine("id", .text(template.id)),
      DetailLine(EntityType.waba.word, .text(waba)),
      link.map { DetailLine(nil, .link($0), .remedy) },
    ]
    let note = "It does not change a number's verdict."
    return [DetailSection(nil, lines.compactMap(\.self) + [DetailLine(nil, .text(note), .note)])]
      + (template.health.map { entitySections($0, heading: "its health") } ?? [])
  }
}
