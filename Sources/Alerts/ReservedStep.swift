import FoundationEssentials
import History

/// What is noted in reserved room of what can't be written, so that the next process knows it: what was
/// told, and what arrived.
///
/// How often something was tried in vain isn't: it is tried again at once.
enum ReservedStep: Codable {
  case tell([Telling])
  case finish(Notice, by: String, as: Notice.Outcome, at: Date)

  init?(_ step: UnwrittenRecords.Step) {
    switch step {
    case .tell(let tellings): self = .tell(tellings.map(\.essential))
    case .finish(let notice, let holder, let outcome, let date):
      self = .finish(notice.withoutBody, by: holder, as: outcome, at: date)
    case .postpone, .note: return nil
    }
  }

  var step: UnwrittenRecords.Step {
    switch self {
    case .tell(let tellings): .tell(tellings)
    case .finish(let notice, let holder, let outcome, let date):
      .finish(notice, by: holder, as: outcome, at: date)
    }
  }

  /// Nil for what another version wrote.
  init?(line: String) {
    guard let step = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else { return nil }
    self = step
  }

  /// Without line breaks; nil of what can't be encoded, which is nothing.
  var line: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
  }
}

// Of what was told before, only what it is known by: the room is scarce.
extension Telling {
  fileprivate var essential: Self {
    switch step {
    case .begin, .remark: self
    case .change(let told, let former):
      Self(.change(told, former: former.withoutBody), notice)
    case .end(let told): Self(.end(told.withoutBody), notice)
    }
  }
}

extension ToldTrouble {
  fileprivate var withoutBody: Self {
    Self(
      channel: channel,
      key: key,
      incident: incident,
      account: account,
      rank: rank,
      body: "",
      date: date
    )
  }
}

extension Notice {
  fileprivate var withoutBody: Self {
    Self(
      id: id,
      channel: channel,
      body: "",
      date: date,
      due: due,
      attempts: attempts,
      failure: failure
    )
  }
}
