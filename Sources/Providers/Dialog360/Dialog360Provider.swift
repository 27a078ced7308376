package import Health

/// 360dialog: one key is one number (a channel), and a partner's key lists channels without their keys.
package struct Dialog360Provider: HealthProvider {
  package static let description = ProviderDescription(
    name: "360dialog",
    keys: [
      .init("channels", .channels, hint: "a list of { label: …, api_key: … }, one per number"),
      .init("partner", .partner, hint: "{ id: …, api_key: … }, to list all channels of a partner"),
    ],
    requiresOneOf: [["channels", "partner"]],
    requestsPerMinute: 12,
    concurrency: 8,
    make: { Dialog360Provider($0, $1) }
  )

  package let account: Account
  let partner: Dialog360Partner?
  let memory = Dialog360Memory()
  private let channels: [Dialog360Channel]
  private let byCredential: [String: Dialog360Channel]
  private let watchesTemplates: Bool

  package init(_ settings: AccountSettings, _ transport: any HTTPTransport) {
    account = Self.description.account(from: settings)
    channels = settings.channels("channels").map { Dialog360Channel($0, settings, transport) }
    byCredential = Dictionary(channels.map { ($0.credential, $0) }) { first, _ in first }
    partner = settings.partner("partner").map {
      Dialog360Partner(id: $0.id, apiKey: $0.apiKey, settings, transport)
    }
    watchesTemplates = settings.watchesTemplates
  }

  /// The partner's list comes last: by then most channels' numbers are known.
  package func discover(through gate: any RequestGate) async -> Discovery {
    let targets = channels.map { channel in
      PollTarget(
        id: channel.credential,
        purpose: .health,
        credential: channel.credential,
        numbers: [number(channel)]
      )
    }
    return Discovery(targets: targets + (partner.map { [$0.target] } ?? []))
  }

  package func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    if let partner, target.credential == partner.target.credential {
      await identifyChannels(through: gate)
      return await partner.read(account, leavingOut: memory.knownNumbers, through: gate)
    }
    guard let channel = byCredential[target.credential] else { return PollAnswer() }
    switch target.purpose {
    case .health: return await readHealth(of: channel, through: gate)
    case .facts:
      let waba = target.id.dropFirst(Self.templatesPrefix.count)
      return await readTemplates(of: String(waba), by: channel, through: gate)
    }
  }

  private static let templatesPrefix = "templates/"

  private func number(_ channel: Dialog360Channel) -> PhoneNumber {
    PhoneNumber(
      account: account.name,
      provider: account.provider,
      target: channel.label,
      label: channel.label
    )
  }
}

// A channel's health.
extension Dialog360Provider {
  private func readHealth(
    of channel: Dialog360Channel,
    through gate: any RequestGate
  ) async -> PollAnswer {
    do throws(GraphFailure) {
      let answer = try await ask(channel, through: gate)
      let result = result(answer, of: channel)
      let reading = NumberAnswer(number(channel), result, answer.answer)
      return PollAnswer(readings: [reading], revealed: revealed(by: result, of: channel))
    } catch {
      return PollAnswer(readings: [NumberAnswer(number(channel), error)])
    }
  }

  /// Asks for the phone facts too, and once more without them if the channel refuses.
  private func ask(
    _ channel: Dialog360Channel,
    through gate: any RequestGate
  ) async throws(GraphFailure) -> GraphAnswer {
    guard !memory.refusesFields(channel.label) else {
      return try await channel.health(through: gate)
    }
    do throws(GraphFailure) {
      return try await channel.healthWithFacts(through: gate)
    } catch {
      guard error.isAboutTheQuestion else { throw error }
      let answer = try await channel.health(through: gate)
      memory.rememberRefusedFields(of: channel.label)
      return answer
    }
  }

  private func result(
    _ answer: GraphAnswer,
    of channel: Dialog360Channel
  ) -> Result<HealthReport, ProviderError> {
    guard var report = answer.report() else {
      return .failure(
        ProviderError(
          .unintelligible,
          "360dialog answered for channel \(channel.label) without health.",
          httpStatus: answer.answer.status
        )
      )
    }
    if memory.refusesFields(channel.label) {
      report.incomplete =
        report.incomplete ?? "360dialog refused the phone facts of channel \(channel.label)."
    }
    let known = memory.learn(report, of: channel.label)
    if let known, let now = report.phoneNumberID, known != now {
      report.checks.append(.identity(of: channel, was: known, is: now))
    }
    return .success(report)
  }

  /// The templates of a WABA are read with the key of the first channel that belongs to it.
  private func revealed(
    by result: Result<HealthReport, ProviderError>,
    of channel: Dialog360Channel
  ) -> [PollTarget] {
    guard watchesTemplates, case .success(let report) = result, let waba = report.id(of: .waba),
      memory.claimTemplates(of: waba, for: channel.label)
    else { return [] }
    return [
      PollTarget(
        id: Self.templatesPrefix + waba,
        purpose: .facts,
        credential: channel.credential,
        isOfTemplates: true
      )
    ]
  }

  private func readTemplates(
    of waba: String,
    by channel: Dialog360Channel,
    through gate: any RequestGate
  ) async -> PollAnswer {
    let listing = await channel.templates(through: gate)
    if let failure = listing.partFailure {
      return PollAnswer(
        failure: failure.kind == .numberRefused ? nil : failure,
        templates: [TemplateList(waba: waba, templates: .failure(failure))]
      )
    }
    let templates = listing.items.compactMap { MetaGraphTemplate($0.json) }
    return PollAnswer(templates: [
      TemplateList(waba: waba, templates: .success(templates.map { MessageTemplate($0) }))
    ])
  }

  /// How many channels are identified before a list; the others identify themselves in their polls.
  private static let mostIdentified = 16

  /// Finds the channels' numbers, so that the partner's list does not add them again.
  private func identifyChannels(through gate: any RequestGate) async {
    let unknown = channels.filter { memory.isUnseen($0.label) }.prefix(Self.mostIdentified)
    for channel in unknown where memory.isUnseen(channel.label) {
      memory.markSeen(channel.label)
      _ = await readHealth(of: channel, through: gate)
    }
  }
}

extension GraphFailure {
  /// Whether the request itself, with its fields, was not accepted.
  fileprivate var isAboutTheQuestion: Bool {
    answer?.status == 400 && error.kind == .providerError
  }
}
