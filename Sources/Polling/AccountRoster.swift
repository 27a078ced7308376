package import Health

/// The targets of an account and the numbers they bring: turns answers into what the screen has to know.
///
/// Numbers appear when they are first heard of and vanish when no target brings them any longer. A
/// failure that belongs to no number is shown by a number that stands for the account.
package struct AccountRoster: Sendable {
  /// What an answer changes.
  package struct Change: Sendable {
    package var update = FleetUpdate()
    package var added: [PollTarget] = []
    /// Ids of targets that are polled no more.
    package var removed: [String] = []
  }

  private struct Member: Sendable {
    var target: PollTarget
    var numbers: [PhoneNumber] = []
    /// The target whose answer revealed this one; nil when discovery lists it.
    var revealer: String?
    var hasAnsweredWhole = false

    /// Whether all the numbers that it brings are known.
    var isKnown: Bool {
      target.purpose != .health || !target.numbers.isEmpty || hasAnsweredWhole
    }
  }

  package let account: Account
  private var members: [String: Member] = [:]
  /// By how many targets each number is brought.
  private var bringers: [PhoneNumber.ID: Int] = [:]
  /// What no number can show, a failure or a list that isn't whole, by the target it is of; nil is
  /// discovery.
  private var unattributed: Set<String?> = []
  private var unread = UnreadFacts()
  private var showsPlaceholder = false
  private var wasDiscoveredWhole = false
  /// Numbers that were there before this roster, until they are found again or known to be gone.
  private var inherited: Set<PhoneNumber.ID>

  /// - Parameters:
  ///   - account: Whose numbers it keeps.
  ///   - inherited: Numbers that a former roster of the account has let appear.
  package init(account: Account, inherited: Set<PhoneNumber.ID> = []) {
    self.account = account
    self.inherited = inherited
  }

  /// Stands for the account while its numbers are not known.
  package var placeholder: PhoneNumber {
    PhoneNumber(account: account.name, provider: account.provider, target: nil)
  }

  package func numbers(of target: String) -> [PhoneNumber] { members[target]?.numbers ?? [] }

  /// The targets that bring any of these numbers; of the placeholder all.
  package func targets(bringing numbers: Set<PhoneNumber.ID>) -> [String] {
    if numbers.contains(placeholder.id) { return Array(members.keys) }
    return members.filter { $0.value.numbers.contains { numbers.contains($0.id) } }.map(\.key)
  }

  // MARK: Discovery

  /// What discovery found; what failed of it leaves all that is known.
  package mutating func receive(_ discovery: Discovery, at now: Moment) -> Change {
    var change = Change()
    for target in discovery.targets { list(target, in: &change) }
    if discovery.failures.isEmpty, discovery.gap == nil {
      wasDiscoveredWhole = true
      unattributed.remove(nil)
      retain(discovery.targets, in: &change)
    }
    settleDiscovery(discovery, at: now, in: &change)
    dropUnfound(in: &change)
    return change
  }

  private mutating func settleDiscovery(
    _ discovery: Discovery,
    at now: Moment,
    in change: inout Change
  ) {
    if let gap = discovery.gap {
      show(.success(HealthReport(incomplete: gap)), of: nil, at: now, in: &change)
    } else if let failure = discovery.failures.first, !wasDiscoveredWhole || bringers.isEmpty {
      show(.failure(failure), of: nil, at: now, in: &change)
    }
    hidePlaceholderIfExplained(in: &change)
  }

  private mutating func list(_ target: PollTarget, in change: inout Change) {
    if let known = members[target.id] {
      members[target.id]?.revealer = nil
      members[target.id]?.target = target
      if known.target != target { change.added.append(target) }
    } else {
      members[target.id] = Member(target: target)
      change.added.append(target)
    }
    let known = Set(numbers(of: target.id).map(\.id))
    let new = known.isEmpty ? target.numbers : target.numbers.filter { !known.contains($0.id) }
    bring(new, by: target.id, in: &change)
  }

  /// Removes what is listed no more, and what only such a target had revealed.
  private mutating func retain(_ targets: [PollTarget], in change: inout Change) {
    let listed = Set(targets.map(\.id))
    var gone = members.filter { $0.value.revealer == nil && !listed.contains($0.key) }.map(\.key)
    while !gone.isEmpty {
      for id in gone { remove(id, in: &change) }
      gone = members.filter { $0.value.revealer.map { members[$0] == nil } ?? false }.map(\.key)
    }
  }

  private mutating func remove(_ id: String, in change: inout Change) {
    guard let member = members.removeValue(forKey: id) else { return }
    unattributed.remove(id)
    unread.forget(id)
    change.removed.append(id)
    release(member.numbers, in: &change)
  }

  // MARK: Answers

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
      members[revealed.id] = Member(target: revealed, revealer: target.id)
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

  private mutating func fail(
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

  private mutating func bring(_ numbers: [PhoneNumber], by id: String, in change: inout Change) {
    guard !numbers.isEmpty else { return }
    if members[id]?.numbers.isEmpty == true {
      // Mostly all at once: then it is the target's own list, and no copy of it.
      members[id]?.numbers = numbers
    } else {
      members[id]?.numbers += numbers
    }
    for number in numbers {
      inherited.remove(number.id)
      bringers[number.id, default: 0] += 1
      if bringers[number.id] == 1 { change.update.appeared.append(number) }
    }
  }

  private mutating func release(_ numbers: [PhoneNumber], in change: inout Change) {
    for number in numbers {
      let left = bringers[number.id, default: 1] - 1
      bringers[number.id] = left > 0 ? left : nil
      if left <= 0 { change.update.vanished.append(number.id) }
    }
  }

  /// What was there before and nothing brings is gone, once everything is known that there is.
  private mutating func dropUnfound(in change: inout Change) {
    guard !inherited.isEmpty, wasDiscoveredWhole, members.values.allSatisfy(\.isKnown)
    else { return }
    change.update.vanished += inherited.sorted()
    inherited = []
  }

  // MARK: The number that stands for the account

  private mutating func show(
    _ result: Result<HealthReport, ProviderError>,
    of target: String?,
    at now: Moment,
    in change: inout Change
  ) {
    if case .failure(let failure) = result, blameInherited(for: failure, at: now, in: &change) {
      return
    }
    unattributed.insert(target)
    if !showsPlaceholder { change.update.appeared.append(placeholder) }
    showsPlaceholder = true
    inherited.remove(placeholder.id)
    change.update.readings.append(Reading(of: placeholder, result, at: now))
  }

  /// Numbers that were there before are the ones that can't be asked: another row would be a number too
  /// many.
  ///
  /// - Returns: Whether there are any.
  private mutating func blameInherited(
    for failure: ProviderError,
    at now: Moment,
    in change: inout Change
  ) -> Bool {
    guard inherited.contains(where: { $0 != placeholder.id }) else { return false }
    if inherited.remove(placeholder.id) != nil { change.update.vanished.append(placeholder.id) }
    change.update.readings += inherited.sorted().map { id in
      let number = PhoneNumber(account: account.name, provider: account.provider, target: id.target)
      return Reading(of: number, .failure(failure), at: now)
    }
    return true
  }

  private mutating func hidePlaceholderIfExplained(in change: inout Change) {
    guard showsPlaceholder, unattributed.isEmpty else { return }
    showsPlaceholder = false
    change.update.vanished.append(placeholder.id)
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

  fileprivate init(
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
