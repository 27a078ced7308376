import Health

/// Health of numbers: all of a WABA in one list, or single ones.
extension MetaGraphProvider {
  func readNumber(
    _ id: String,
    of target: PollTarget,
    through gate: any RequestGate
  ) async -> PollAnswer {
    let number = target.numbers.first ?? phoneNumber(id)
    do throws(GraphFailure) {
      let answer = try await get(
        GraphField.phoneNumber(version: settings.version),
        of: GraphNode(kind: .phoneNumber, id: id),
        about: .number(id),
        through: gate
      )
      return pollAnswer([numberAnswer(answer, for: number, asked: id)])
    } catch {
      return PollAnswer(readings: [error.numberAnswer(for: number)])
    }
  }

  /// The answer of a number's own node, unless the node is not a number.
  private func numberAnswer(
    _ answer: GraphAnswer,
    for number: PhoneNumber,
    asked id: String
  ) -> NumberAnswer {
    let answered = answer.numberAnswer(for: number)
    guard case .success(let report) = answered.result,
      let misplaced = MisplacedID(number: id, answeredWith: report)
    else { return answered }
    let status = answer.answer.status
    let error = misplaced.error(asking: connection.caller, httpStatus: status)
    return NumberAnswer(number, .failure(error), answer.answer)
  }

  func readNumbers(
    ofBusinessAccount waba: String,
    _ target: PollTarget,
    through gate: any RequestGate
  ) async -> PollAnswer {
    let node = GraphNode(kind: .phoneNumberEdge, id: waba)
    let listing = await connection.list(
      path(waba, "phone_numbers"),
      fields: GraphField.phoneNumber(version: settings.version),
      of: node,
      about: .businessAccount(waba),
      through: gate
    )
    let known = (target.numbers + knownNumbers(of: waba)).withoutRepeatedIDs
    if let failure = listing.failure, listing.items.isEmpty {
      return refused(failure.error, of: waba, known)
    }
    if listing.isWhole { memory.setMembers(listing.numbers.map(\.id), of: waba) }
    let items = listing.numbers.filter { !memory.isSingle($0.id) }
    let isHealthAsked = connection.accepted([GraphField.health], of: node) != []
    let answers =
      isHealthAsked
      ? items.map { $0.item.numberAnswer(for: phoneNumber($0.id), of: waba) }
      : await readHealthSingly(of: items, ofBusinessAccount: waba, through: gate)
    let unread = listing.failure.map { failures($0, of: known, besides: answers) } ?? []
    var answer = pollAnswer(
      answers + unread,
      isWhole: listing.isWhole && listing.hasAllIDs,
      wabas: [waba]
    )
    // Without known numbers, the failure applies to the answer as a whole.
    if unread.isEmpty { answer.failure = listing.failure?.error }
    answer.gap = listing.gap ?? listing.namelessGap(of: .businessAccount(waba))
    return answer
  }

  private func pollAnswer(
    _ answers: [NumberAnswer],
    isWhole: Bool = false,
    wabas: [String] = []
  ) -> PollAnswer {
    let reports = answers.compactMap { try? $0.result.get() }
    let businesses = reports.flatMap { $0.ids(of: .business) }.withoutRepeats
    let accounts = (wabas + reports.flatMap { $0.ids(of: .waba) }).withoutRepeats
    memory.noteBearers(apps: reports.flatMap { $0.ids(of: .app) }, wabas: accounts)
    let new = memory.reveal(
      factsTargets(ofBusinessAccounts: accounts, businesses: businesses)
    )
    return PollAnswer(readings: answers, isWhole: isWhole, revealed: new.map { $0.pollTarget() })
  }

  /// If a WABA's list can't be read, its configured numbers are read singly, and the others share
  /// its failure.
  private func refused(
    _ error: ProviderError,
    of waba: String,
    _ known: [PhoneNumber]
  ) -> PollAnswer {
    let configured = known.filter { number in
      number.target.map { settings.labels[$0] != nil } ?? false
    }
    guard error.kind == .numberRefused, !configured.isEmpty else {
      return PollAnswer(failure: error)
    }
    memory.setMembers(nil, of: waba)
    memory.addSingles(configured.compactMap(\.target))
    let isConfigured = Set(configured)
    let others = known.filter { !isConfigured.contains($0) }
    return PollAnswer(
      readings: others.map { NumberAnswer(number: $0, result: .failure(error)) },
      revealed: configured.compactMap { number in
        number.target.map { MetaGraphTarget.number($0).pollTarget(numbers: [number]) }
      }
    )
  }

  /// The missing numbers of a list that ends early.
  private func failures(
    _ failure: GraphFailure,
    of known: [PhoneNumber],
    besides answers: [NumberAnswer]
  ) -> [NumberAnswer] {
    let read = Set(answers.map(\.number.id))
    return known.filter { !read.contains($0.id) }.map(failure.numberAnswer(for:))
  }
}

/// If a WABA's list refuses `health_status`, it is read for each number separately.
extension MetaGraphProvider {
  /// Starts where the last poll stopped, so that a small budget reaches every number in turn.
  private func readHealthSingly(
    of items: [(id: String, item: GraphAnswer)],
    ofBusinessAccount waba: String,
    through gate: any RequestGate
  ) async -> [NumberAnswer] {
    guard !items.isEmpty else { return [] }
    let start = memory.resumption(of: waba) % items.count
    var stop: GraphFailure?
    var answers: [NumberAnswer] = []
    for offset in items.indices {
      let index = (start + offset) % items.count
      let (id, item) = items[index]
      if let stop {
        answers.append(stop.numberAnswer(for: phoneNumber(id)))
        continue
      }
      do throws(GraphFailure) {
        let item = try await item.withHealth(askHealth(of: id, through: gate))
        answers.append(item.numberAnswer(for: phoneNumber(id), of: waba))
      } catch {
        answers.append(error.numberAnswer(for: phoneNumber(id)))
        guard error.endsSweep else { continue }
        stop = error
        memory.setResumption(index, of: waba)
      }
    }
    return answers
  }

  /// Nil if the number's node has no health either.
  private func askHealth(
    of id: String,
    through gate: any RequestGate
  ) async throws(GraphFailure) -> JSON? {
    let node = GraphNode(kind: .phoneNumber, id: id)
    guard !connection.accepted([GraphField.health], of: node).isEmpty else { return nil }
    do throws(GraphFailure) {
      let answer = try await get(
        [GraphField.health],
        of: node,
        about: .number(id),
        through: gate
      )
      return answer.json
    } catch {
      if connection.accepted([GraphField.health], of: node).isEmpty { return nil }
      throw error
    }
  }
}

extension [PhoneNumber] {
  fileprivate var withoutRepeatedIDs: Self {
    var seen: Set<PhoneNumber.ID> = []
    return filter { seen.insert($0.id).inserted }
  }
}

extension GraphListing {
  /// The items that have an id.
  fileprivate var numbers: [(id: String, item: GraphAnswer)] {
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let id = item.json["id"]?.nonBlankText, seen.insert(id).inserted else { return nil }
      return (id, item)
    }
  }
}

extension GraphAnswer {
  /// `waba` is the business account whose list contains the number.
  fileprivate func numberAnswer(for number: PhoneNumber, of waba: String? = nil) -> NumberAnswer {
    NumberAnswer(number, report(on: number, of: waba), answer)
  }

  private func report(
    on number: PhoneNumber,
    of waba: String?
  ) -> Result<HealthReport, ProviderError> {
    if var report = self.report() {
      report.businessAccount = waba
      return .success(number.target.map(report.about) ?? report)
    }
    return .failure(
      ProviderError(
        .unintelligible,
        "Meta's answer about number \(number.target ?? "") contains neither health nor facts.",
        httpStatus: answer.status
      )
    )
  }

  /// Combines another answer's health with the facts of this one.
  fileprivate func withHealth(_ other: JSON?) -> Self {
    guard json.isObject, let other = other?[GraphField.health] else { return self }
    var whole = self
    whole.health = other
    return whole
  }
}

extension GraphFailure {
  fileprivate func numberAnswer(for number: PhoneNumber) -> NumberAnswer {
    guard let answer else { return NumberAnswer(number, failure: error) }
    return NumberAnswer(number, .failure(error), answer)
  }

  /// Whether the next request would fail for the same reason.
  var endsSweep: Bool {
    switch error.kind {
    case .credentialRejected, .throttled, .unreachable, .timedOut: true
    case .numberRefused, .unintelligible, .providerError: false
    }
  }
}

extension HealthReport {
  fileprivate func ids(of type: EntityType) -> [String] {
    entities.filter { $0.type?.value == type }.compactMap(\.id)
  }
}
