import Health

/// A partner's key: it lists the channels, without their keys and so without their health.
struct Dialog360Partner: Sendable {
  let target: PollTarget
  private let path: String
  private let exchange: ProviderExchange
  private let key: KeyHeader
  private let envelope: Dialog360Envelope

  init(
    id: String,
    apiKey: Secret,
    _ settings: AccountSettings,
    _ transport: any HTTPTransport
  ) {
    target = PollTarget(id: "partner/\(id)", purpose: .health, credential: "partner")
    path = "/api/v2/partners/\(id.urlEscaped)/channels"
    exchange = ProviderExchange(
      provider: "360dialog",
      settings: settings,
      standardBaseURL: "https://hub.360dialog.io",
      transport: transport
    )
    key = KeyHeader("x-api-key", apiKey, place: "accounts.\(settings.name).partner.api_key")
    envelope = Dialog360Envelope(key: key, caller: "\(settings.name), partner \(id)")
  }

  /// All channels as numbers, without the `known` ones, which are polled with their own keys.
  func read(
    _ account: Account,
    leavingOut known: Set<String>,
    through gate: any RequestGate
  ) async -> PollAnswer {
    var answer = PollAnswer(isWhole: true)
    var rows = Rows(account: account, known: known)
    var walk = ListWalk()
    do throws(ProviderError) {
      let end = try await list(&walk, through: gate) { page, response in
        for channel in page.channels { rows.add(channel, response, to: &answer) }
      }
      if case .cut(let reason) = end { answer.gap = gap(reason, walk) }
      if rows.hasNameless { answer.gap = answer.gap ?? gap(ListWalk.nameless, walk) }
    } catch {
      answer.failure = error
      if walk.entries > 0 {
        answer.gap = gap("a page could not be read: \(error.message)", walk)
      }
      answer.isWhole = false
    }
    if answer.gap != nil { answer.isWhole = false }
    return answer
  }

  private func gap(_ reason: String, _ walk: ListWalk) -> String {
    ListWalk.sentence(reason, of: "360dialog's channels", read: walk.entries)
  }

  private static let pageSize = 100

  private func list(
    _ walk: inout ListWalk,
    through gate: any RequestGate,
    _ found: (Dialog360PartnerPage, HTTPAnswer) -> Void
  ) async throws(ProviderError) -> ListWalk.End {
    var offset = 0
    while true {
      let response = try await exchange.get(
        "\(path)?limit=\(Self.pageSize)&offset=\(offset)",
        key: key,
        credential: target.credential,
        through: gate
      )
      if let error = envelope.error(in: response) { throw error }
      guard let page = Dialog360PartnerPage(try response.content()) else {
        throw response.error(.unintelligible, "360dialog's list of channels is not a list.")
      }
      found(page, response.answer)
      offset += page.channels.count
      let ids = page.channels.map { $0.id ?? $0.phoneNumber }
      let hasNext = page.total.map { offset < $0 } ?? !ids.isEmpty
      if let end = walk.take(ids, hasNext: hasNext, total: page.total) { return end }
    }
  }

  /// Rows of a list, each number once.
  private struct Rows {
    let account: Account
    let known: Set<String>
    private var targets: Set<String> = []
    private var wabas: Set<EntityReference> = []
    /// Whether an entry has no number.
    private(set) var hasNameless = false

    init(account: Account, known: Set<String>) {
      self.account = account
      self.known = known
    }

    /// A cancelled channel is not a number any more, and its number may belong to another channel
    /// by now.
    mutating func add(
      _ channel: Dialog360PartnerChannel,
      _ answer: HTTPAnswer,
      to pollAnswer: inout PollAnswer
    ) {
      if channel.phoneNumber == nil, channel.id == nil { hasNameless = true }
      let digits = channel.phoneNumber?.digits ?? ""
      guard channel.cancelledAt == nil, !known.contains(digits),
        let target = [channel.phoneNumber, channel.id].compactMap(\.self)
          .first(where: { !targets.contains($0) })
      else { return }
      targets.insert(target)
      let number = PhoneNumber(account: account.name, provider: account.provider, target: target)
      if let denial = channel.denial {
        let words = "360dialog listed channel \(target) with success: false\(denial)."
        let error = ProviderError(.providerError, words, httpStatus: answer.status)
        pollAnswer.readings.append(NumberAnswer(number, .failure(error), answer))
        return
      }
      pollAnswer.readings.append(NumberAnswer(number, .success(HealthReport(channel)), answer))
      if let facts = EntityFacts(channel), wabas.insert(facts.reference).inserted {
        pollAnswer.entities.append(facts)
      }
    }
  }
}
