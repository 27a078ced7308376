import Health

/// Names and states of WABAs and businesses.
extension MetaGraphProvider {
  /// Reads the node, and the edge that tells whether messages arrive.
  ///
  /// Both are always requested: a refused node says nothing about its edge.
  func readBusinessAccount(_ waba: String, through gate: any RequestGate) async -> PollAnswer {
    let reference = EntityReference(type: .waba, id: waba)
    var answer = await readBusinessAccountNode(waba, through: gate)
    let said = answer.entities.first { $0.reference == reference }
    let isRead = answer.unread.isEmpty
    let webhook = await readWebhook(
      ofBusinessAccount: waba,
      afterChange: isRead && (said.map { memory.isChanged($0, of: waba) } ?? false),
      through: gate
    )
    let facts = said ?? EntityFacts(reference: reference, name: nil)
    answer.entities.removeAll { $0.reference == reference }
    answer.entities.insert(facts.adding(webhook), at: 0)
    answer.failure = answer.failure ?? webhook.failure
    if let error = webhook.error {
      answer.unread.append(
        UnreadFact("webhook subscription", of: reference, because: error.message)
      )
    }
    return answer
  }

  private func readBusinessAccountNode(
    _ waba: String,
    through gate: any RequestGate
  ) async -> PollAnswer {
    do throws(GraphFailure) {
      let answer = try await get(
        MetaGraphBusinessAccount.fields,
        of: GraphNode(kind: .businessAccount, id: waba),
        about: .businessAccount(waba),
        through: gate
      )
      var read = pollAnswer(MetaGraphBusinessAccount(answer.json), id: waba)
      let words = ["status", "account_review_status", "business_verification_status"]
      read.unread = [answer.json.wordsNotUnderstood(of: words)].compactMap { reason in
        reason.map { UnreadFact("status", of: EntityReference(type: .waba, id: waba), because: $0) }
      }
      return read
    } catch {
      let reference = EntityReference(type: .waba, id: waba)
      var answer = unreadable(reference, error.error, owner: nil)
      answer.unread = [UnreadFact("status", of: reference, because: error.error.message)]
      return answer
    }
  }

  /// The facts of the WABA, and of its business until that has been read itself.
  private func pollAnswer(_ account: MetaGraphBusinessAccount, id: String) -> PollAnswer {
    var answer = PollAnswer(entities: [EntityFacts(account, id: id, at: time.now.date)])
    guard let owner = account.owner else { return answer }
    if memory.learn(owner) { answer.entities.append(EntityFacts(owner)) }
    answer.revealed = memory.reveal([.business(owner.id)]).map { $0.pollTarget() }
    return answer
  }

  func readBusiness(_ id: String, through gate: any RequestGate) async -> PollAnswer {
    let owner = memory.owner(id)
    do throws(GraphFailure) {
      let answer = try await get(
        MetaGraphBusiness.fields,
        of: GraphNode(kind: .business, id: id),
        about: .business(id),
        through: gate
      )
      memory.hasRead(business: id)
      let business = MetaGraphBusiness(answer.json)
      return PollAnswer(entities: [EntityFacts(business, id: id, owner: owner)])
    } catch {
      return unreadable(EntityReference(type: .business, id: id), error.error, owner: owner)
    }
  }

  /// What is known stays, and the entity gets the reason for the failure.
  ///
  /// A refusal affects only this entity; anything else is a failed poll, which is retried sooner.
  private func unreadable(
    _ reference: EntityReference,
    _ error: ProviderError,
    owner: MetaGraphOwner?
  ) -> PollAnswer {
    PollAnswer(
      failure: error.kind == .numberRefused ? nil : error,
      entities: [EntityFacts(unreadable: reference, error, owner: owner)]
    )
  }
}

/// Templates, and the health of those that can't be sent.
extension MetaGraphProvider {
  func readTemplates(
    ofBusinessAccount waba: String,
    through gate: any RequestGate
  ) async -> PollAnswer {
    let listing = await connection.list(
      path(waba, "message_templates"),
      fields: MetaGraphTemplate.fields,
      of: GraphNode(kind: .templateEdge, id: waba),
      about: .businessAccount(waba),
      through: gate
    )
    // With an incomplete list, the other templates would seem to be gone.
    if let failure = listing.partFailure {
      return PollAnswer(
        failure: failure.kind == .numberRefused ? nil : failure,
        templates: [TemplateList(waba: waba, templates: .failure(failure))]
      )
    }
    let templates = listing.items.compactMap { MetaGraphTemplate($0.json) }.map {
      MessageTemplate($0)
    }
    let health = await readHealth(of: templates, through: gate)
    let whole = templates.map { template in template.with(health: health[template.id]) }
    return PollAnswer(templates: [TemplateList(waba: waba, templates: .success(whole))])
  }

  /// One request each, so only for the worst of a WABA's templates.
  private static let mostTemplatesAsked = 25

  private func readHealth(
    of templates: [MessageTemplate],
    through gate: any RequestGate
  ) async -> [MessageTemplate.ID: HealthEntity] {
    var health: [MessageTemplate.ID: HealthEntity] = [:]
    for template in Self.worth(asking: templates) {
      let node = GraphNode(kind: .template, id: template.id)
      guard !connection.accepted([GraphField.health], of: node).isEmpty else { continue }
      do throws(GraphFailure) {
        let answer = try await get(
          [GraphField.health],
          of: node,
          about: .template(template.id),
          through: gate
        )
        health[template.id] = HealthEntity(ofType: .messageTemplate, graphNode: answer.json)
      } catch {
        // The list itself is valid; the next poll tries again.
        if error.endsSweep { break }
      }
    }
    return health
  }

  private static func worth(asking templates: [MessageTemplate]) -> ArraySlice<MessageTemplate> {
    templates
      // Without an id there is no node to read.
      .filter { $0.status.value.state != .available && $0.id.allSatisfy(\.isNumber) }
      .enumerated()
      .sorted {
        ($0.element.status.value.state, $0.offset) < ($1.element.status.value.state, $1.offset)
      }
      .map(\.element)
      .prefix(mostTemplatesAsked)
  }
}
