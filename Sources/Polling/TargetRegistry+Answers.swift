package import Health

// What polls bring.
extension TargetRegistry {
  /// What a poll of a target brought.
  package mutating func receive(
    _ answer: PollAnswer,
    of target: PollTarget,
    at now: Moment
  ) -> Change {
    var change = Change()
    guard members[target.id] != nil else { return change }
    change.update.entities = answer.entities
    change.update.templates = answer.templates
    note(answer.readings, isWhole: answer.isWhole, of: target.id, in: &change)
    if target.isOfNumbersFacts {
      let whole = answer.failure.flatMap { target.unread(because: $0.message) }
      let parts = answer.unread.isEmpty ? [whole].compactMap(\.self) : answer.unread
      unread.note(parts, of: target.id)
    }
    change.update.readings = answer.readings.map { unread.noted(in: Reading($0, at: now)) }
    if let failure = answer.failure {
      fail(
        target,
        with: failure,
        except: Set(answer.readings.map(\.number.id)),
        at: now,
        in: &change
      )
    } else {
      if !unattributed.isEmpty { unattributed.remove(target.id) }
      if answer.isWhole { members[target.id]?.hasAnsweredWhole = true }
    }
    if let gap = answer.gap {
      show(.success(HealthReport(incomplete: gap)), of: target.id, at: now, in: &change)
    }
    for revealed in answer.revealed where members[revealed.id] == nil {
      members[revealed.id] = Member(target: revealed, revealedBy: target.id)
      change.added.append(revealed)
      bring(revealed.numbers, by: revealed.id, in: &change)
    }
    hidePlaceholderIfExplained(in: &change)
    dropUnfound(in: &change)
    return change
  }

  /// Says that the facts of a target stay unread, since it is not asked.
  package mutating func leaveUnread(_ target: PollTarget, because reason: String) {
    unread.note([target.unread(because: reason)].compactMap(\.self), of: target.id)
  }

  /// Those of the readings that have to say something else by now of the facts beside them.
  package func noted(in readings: [Reading]) -> [Reading] {
    readings.compactMap { reading in
      let noted = unread.noted(in: reading)
      return noted.report?.unread == reading.report?.unread ? nil : noted
    }
  }

  /// The readings of a failure that hits all numbers of these targets, though they were not asked.
  package mutating func fail(
    _ targets: some Sequence<PollTarget>,
    with failure: ProviderError,
    at now: Moment
  ) -> Change {
    var change = Change()
    for target in targets where members[target.id] != nil {
      fail(target, with: failure, except: [], at: now, in: &change)
    }
    return change
  }

  mutating func fail(
    _ target: PollTarget,
    with failure: ProviderError,
    except answered: Set<PhoneNumber.ID>,
    at now: Moment,
    in change: inout Change
  ) {
    guard target.purpose == .health else { return }
    let numbers = numbers(of: target.id)
    guard numbers.isEmpty else {
      let silent = numbers.filter { !answered.contains($0.id) }
      change.update.readings += silent.map { Reading(of: $0, .failure(failure), at: now) }
      return
    }
    show(.failure(failure), of: target.id, at: now, in: &change)
  }

  /// Keeps which numbers a target brings; mostly the same as before.
  private mutating func note(
    _ answers: [NumberAnswer],
    isWhole: Bool,
    of id: String,
    in change: inout Change
  ) {
    let known = numbers(of: id)
    if answers.count == known.count, zip(answers, known).allSatisfy({ $0.number.id == $1.id }) {
      return
    }
    let knownIDs = Set(known.map(\.id))
    bring(answers.map(\.number).filter { !knownIDs.contains($0.id) }, by: id, in: &change)
    guard isWhole else { return }
    let answered = Set(answers.map(\.number.id))
    members[id]?.numbers.removeAll { !answered.contains($0.id) }
    release(known.filter { !answered.contains($0.id) }, in: &change)
  }

  mutating func bring(_ numbers: [PhoneNumber], by id: String, in change: inout Change) {
    guard !numbers.isEmpty else { return }
    if members[id]?.numbers.isEmpty == true {
      // Mostly all at once: then it is the target's own list, and no copy of it.
      members[id]?.numbers = numbers
    } else {
      members[id]?.numbers += numbers
    }
    for number in numbers {
      inherited.remove(number.id)
      sourceCounts[number.id, default: 0] += 1
      if sourceCounts[number.id] == 1 { change.update.appeared.append(number) }
    }
  }

  mutating func release(_ numbers: [PhoneNumber], in change: inout Change) {
    for number in numbers {
      let left = sourceCounts[number.id, default: 1] - 1
      sourceCounts[number.id] = left > 0 ? left : nil
      if left <= 0 { change.update.vanished.append(number.id) }
    }
  }

  /// What was there before and nothing brings is gone, once everything is known that there is.
  mutating func dropUnfound(in change: inout Change) {
    guard !inherited.isEmpty, wasDiscoveredWhole, members.values.allSatisfy(\.isKnown)
    else { return }
    change.update.vanished += inherited.sorted()
    inherited = []
  }
}

extension Reading {
  fileprivate init(_ answer: NumberAnswer, at moment: Moment) {
    self.init(
      number: answer.number,
      moment: moment,
      result: answer.result,
      httpStatus: answer.httpStatus,
      latency: answer.latency,
      raw: answer.raw,
      assessment: answer.assessment
    )
  }

  init(
    of number: PhoneNumber,
    _ result: Result<HealthReport, ProviderError>,
    at moment: Moment
  ) {
    let failure = if case .failure(let error) = result { error } else { ProviderError?.none }
    self.init(
      number: number,
      moment: moment,
      result: result,
      httpStatus: failure?.httpStatus
    )
  }
}
