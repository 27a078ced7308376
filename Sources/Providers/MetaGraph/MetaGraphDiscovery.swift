package import Health

/// Finds the targets: the configured ones, the WABAs of configured businesses, and those that
/// answers revealed.
extension MetaGraphProvider {
  package func discover(through gate: any RequestGate) async -> Discovery {
    var found = Discovery(targets: [])
    var wabas = settings.wabas
    for business in settings.businesses {
      wabas += await listBusinessAccounts(of: business, noting: &found, through: gate)
    }
    wabas = wabas.withoutRepeats
    let singles = await numbersReadSingly(besides: wabas, through: gate)
    memory.setSingles(singles)

    let numbers = wabas.map { waba in
      MetaGraphTarget.numbers(waba: waba).pollTarget(numbers: knownNumbers(of: waba))
    }
    let single = singles.map { MetaGraphTarget.number($0).pollTarget(numbers: [phoneNumber($0)]) }
    let facts = factsTargets(ofBusinessAccounts: wabas, businesses: settings.businesses)
    let others = (facts + memory.revealed(besides: facts) + [.token]).map { $0.pollTarget() }
    found.targets = numbers + single + others
    return found
  }

  /// The targets for names, states and templates.
  func factsTargets(
    ofBusinessAccounts wabas: [String],
    businesses: [String]
  ) -> [MetaGraphTarget] {
    let accounts = wabas.flatMap { waba -> [MetaGraphTarget] in
      let account = MetaGraphTarget.businessAccount(waba)
      return settings.watchesTemplates ? [account, .templates(waba: waba)] : [account]
    }
    return accounts + businesses.map(MetaGraphTarget.business)
  }

  /// A business's own WABAs and those that its clients share with it.
  ///
  /// If a list can't be read, the known WABAs stay.
  private func listBusinessAccounts(
    of business: String,
    noting discovery: inout Discovery,
    through gate: any RequestGate
  ) async -> [String] {
    var ids: [String] = []
    for edge in ["owned_whatsapp_business_accounts", "client_whatsapp_business_accounts"] {
      if discovery.isStopped {
        ids += memory.wabas(of: business)
        continue
      }
      let listing = await connection.list(
        path(business, edge),
        fields: ["id"],
        of: GraphNode(kind: .businessAccountEdge, id: business),
        about: .business(business),
        through: gate
      )
      ids += listing.items.compactMap { $0.json["id"]?.nonBlankText }
      if let failure = listing.failure { discovery.failures.append(failure.error) }
      let gap = listing.gap ?? listing.namelessGap(of: .business(business))
      if gap != nil { ids += memory.wabas(of: business) }
      // If the whole list is refused, the refusal is reported itself.
      if listing.failure == nil || !listing.items.isEmpty {
        discovery.gap = discovery.gap ?? gap
      }
    }
    ids = ids.withoutRepeats
    memory.setWABAs(ids, of: business)
    return ids
  }

  /// The configured numbers that are in no WABA's list, so that none is read twice.
  ///
  /// WABAs' lists are read for this only if both are configured, and only until a poll has read
  /// them.
  private func numbersReadSingly(
    besides wabas: [String],
    through gate: any RequestGate
  ) async -> [String] {
    guard !settings.numbers.isEmpty else { return [] }
    var covered: Set<String> = []
    for waba in wabas {
      if memory.members(of: waba) == nil { await listMembers(of: waba, through: gate) }
      covered.formUnion(memory.members(of: waba) ?? [])
    }
    return settings.numbers.filter { !covered.contains($0) }
  }

  private func listMembers(of waba: String, through gate: any RequestGate) async {
    let listing = await connection.list(
      path(waba, "phone_numbers"),
      fields: ["id"],
      of: GraphNode(kind: .phoneNumberEdge, id: waba),
      about: .businessAccount(waba),
      through: gate
    )
    // The WABA's own poll reports a failure.
    guard listing.failure == nil else { return }
    memory.setMembers(listing.items.compactMap { $0.json["id"]?.nonBlankText }, of: waba)
  }

  /// The numbers in the last complete list.
  func knownNumbers(of waba: String) -> [PhoneNumber] {
    (memory.members(of: waba) ?? []).filter { !memory.isSingle($0) }.map(phoneNumber)
  }
}

extension Discovery {
  /// Whether the next request would fail for the same reason.
  fileprivate var isStopped: Bool {
    failures.last.map { GraphFailure(error: $0).endsSweep } ?? false
  }
}

extension [String] {
  /// Each once, in the order of first appearance.
  var withoutRepeats: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
