import Health
import Monitor

/// What an acknowledgement or a mute is about.
enum NoteTarget: Hashable, Sendable {
  case numbers([PhoneNumber.ID])
  case cause(CauseID)
}

extension ScreenState {
  /// The marked or chosen numbers, or the chosen cause; nil if there is none.
  var noteTarget: NoteTarget? {
    switch room.place {
    case .causes: return selectedCause.map { .cause($0.id) }
    case .tree: return selectedNode.flatMap(noteTarget)
    case .tiles where isGroupSelected:
      let place = selectedRecord.flatMap { fleet.index(of: $0.id) }
      return place.flatMap { causeIndex.headline(ofNumberAt: $0, in: fleet) }.map { .cause($0.id) }
    default:
      let numbers = chosenRecords.map(\.id)
      return numbers.isEmpty ? nil : .numbers(numbers)
    }
  }

  /// For a node that is neither, the number of the tree.
  private func noteTarget(of node: TreeNode) -> NoteTarget? {
    if let cause = cause(of: node) { return .cause(cause) }
    return (number(of: node) ?? treeNumber).map { .numbers([$0]) }
      ?? inversionRoot.map { .cause($0) }
  }

  /// Whether the chosen tile stands for several numbers.
  private var isGroupSelected: Bool {
    guard !tiles.grouped.isEmpty else { return false }
    let board = board
    guard let (kind, index) = selectedTile(in: board), tiles.grouped.contains(kind) else {
      return false
    }
    return board[kind].tile(board[kind].tile(holding: index, grouped: true), grouped: true).count
      > 1
  }

  /// The numbers of a target that are there.
  private func records(of target: NoteTarget) -> [NumberRecord] {
    switch target {
    case .numbers(let ids): ids.compactMap { fleet[$0] }
    case .cause(let id):
      causeIndex.places(of: id, first: fleet.records.count).map { fleet.records[$0] }
    }
  }

  /// The troubles of a target that nobody has acknowledged yet.
  func openTroubles(of target: NoteTarget) -> [OperatorAction.Trouble] {
    switch target {
    case .numbers:
      records(of: target).filter {
        $0.state.needsAttention && !$0.marks.contains(.acknowledged)
      }
      .map { OperatorAction.Trouble(.number($0.id), $0.state) }
    case .cause(let id):
      if acknowledgement(of: id) == nil, let cause = causeIndex.cause(id, in: fleet) {
        [OperatorAction.Trouble(.cause(id.key), cause.state)]
      } else {
        []
      }
    }
  }

  /// What makes a target acknowledged.
  func acknowledgements(of target: NoteTarget) -> [Acknowledgement] {
    let found: [Acknowledgement] =
      switch target {
      case .numbers: records(of: target).flatMap { acknowledgements(of: $0) }
      case .cause(let id): acknowledgement(of: id).map { [$0] } ?? []
      }
    let subjects = Set(found.map(\.subject))
    return notes.acknowledgements.filter { subjects.contains($0.subject) }
  }

  /// The mutes of a target; none if one of its numbers is not muted.
  func mutes(of target: NoteTarget) -> [Mute] {
    let records = records(of: target)
    guard !records.isEmpty, records.allSatisfy({ $0.marks.contains(.muted) }) else { return [] }
    // Of many numbers, the first few have them all, nearly always.
    let ids = Set(records.prefix(50).flatMap { mutes(of: $0) }.map(\.id))
    return notes.mutes.filter { ids.contains($0.id) }
  }

  /// Whether there is something to acknowledge, or an acknowledgement to take back.
  var hasTrouble: Bool {
    guard let target = noteTarget else { return false }
    if case .cause = target { return true }
    return records(of: target).contains { $0.state.needsAttention }
  }

  /// A filter that the numbers of a target pass; nil if there is none.
  func filterText(of target: NoteTarget) -> String? {
    switch target {
    case .numbers(let ids):
      let names = ids.compactMap { fleet[$0] }.map { Filter.quoted($0.displayNumber) }
      return names.isEmpty ? nil : "number=" + names.joined(separator: ",")
    case .cause(let id): return filterText(of: id)
    }
  }

  private func filterText(of cause: CauseID) -> String? {
    switch cause {
    case .entity(let reference) where reference.type == .phoneNumber:
      filterText(of: .numbers(records(of: .cause(cause)).map(\.id)))
    case .entity(let reference): "cause=" + Filter.quoted(reference.id)
    case .signal(_, let text): "cause=" + Filter.quoted(text)
    case .account(let name, _): "account=\(Filter.quoted(name)) status:unknown,stale"
    case .provider(let name, _): "provider=\(Filter.quoted(name)) status:unknown,stale"
    case .offline: "status:unknown,stale"
    case .templates: nil
    }
  }

  /// What a prompt about a target says it is about.
  func title(of target: NoteTarget) -> String {
    switch target {
    case .numbers(let ids):
      guard ids.count == 1, let record = fleet[ids[0]] else { return "\(ids.count) numbers" }
      let name = record.number.label ?? record.name
      return [record.displayNumber, name].compactMap(\.self).joined(separator: " ")
    case .cause(let id):
      return [fleet.title(of: id), fleet.name(of: id)].compactMap(\.self).joined(separator: " ")
    }
  }
}
