import Health
import Monitor

// What operators said about what is shown.
extension ScreenState {
  /// The acknowledgement of a cause, or of what it is a part of.
  func acknowledgement(of cause: CauseID) -> Acknowledgement? {
    notes.acknowledgement(of: cause, in: causeIndex)
  }

  /// The acknowledgement of the numbers of a cause, if all are acknowledged.
  func common(_ cause: RankedCause) -> Acknowledgement? {
    guard cause.hit > 0, !cause.isOfTemplates, fleet.counts.acknowledged >= cause.hit else {
      return nil
    }
    return worstNumberIfAll(of: cause, are: .acknowledged).flatMap {
      acknowledgements(of: $0).first
    }
  }

  /// The worst number of a cause, if all its numbers have a mark.
  private func worstNumberIfAll(of cause: RankedCause, are mark: OperatorMarks) -> NumberRecord? {
    let places = causeIndex.places(of: cause.id, first: cause.hit)
    let isMarked = places.allSatisfy { place in
      fleet.records.withElement(at: place) { $0.pointee.marks.contains(mark) }
    }
    return isMarked ? places.first.map { fleet.records[$0] } : nil
  }

  /// The longest mute of a cause whose numbers are all muted; nil if any is not.
  func mute(of cause: RankedCause) -> Mute? {
    guard cause.hit > 0, !cause.isOfTemplates, fleet.counts.muted >= cause.hit else { return nil }
    return worstNumberIfAll(of: cause, are: .muted)
      .flatMap { mutes(of: $0).max { $0.until < $1.until } }
  }

  /// The mutes of a number.
  func mutes(of record: NumberRecord) -> [Mute] {
    notes.mutes(covering: record, in: fleet, at: now)
  }

  /// What makes a number count as acknowledged.
  func acknowledgements(of record: NumberRecord) -> [Acknowledgement] {
    notes.acknowledgements(covering: record, in: causeIndex)
  }

  /// What operators said about a number, for its detail.
  func noteLines(of record: NumberRecord) -> [DetailLine] {
    acknowledgements(of: record).map { note in
      let cause = note.cause.map { " (\(fleet.title(of: $0)))" } ?? ""
      return DetailLine("ack", .text(NoteWords.sentence(of: note, at: now.date) + cause))
    }
      + mutes(of: record).map {
        DetailLine("mute", .text(NoteWords.sentence(of: $0, at: now.date)))
      }
  }

  /// What operators said about a cause, for its detail.
  func noteLines(of id: CauseID) -> [DetailLine] {
    let mute = causeIndex.cause(id, in: fleet).flatMap(mute(of:))
    return [
      acknowledgement(of: id).map {
        DetailLine("ack", .text(NoteWords.sentence(of: $0, at: now.date)))
      },
      mute.map { DetailLine("mute", .text(NoteWords.sentence(of: $0, at: now.date))) },
    ].compactMap(\.self)
  }

  /// What operators said about a node of a tree, for its detail.
  func noteLines(of node: TreeNode) -> [DetailLine] {
    if let cause = cause(of: node) { return noteLines(of: cause) }
    return number(of: node).flatMap { fleet[$0] }.map(noteLines) ?? []
  }

  /// The number of a node that is one.
  func number(of node: TreeNode) -> PhoneNumber.ID? {
    switch node.subject {
    case .sibling(let id): id
    case .number: treeNumber
    default: nil
    }
  }

  /// The cause that a node is.
  func cause(of node: TreeNode) -> CauseID? {
    let id: CauseID? =
      switch node.subject {
      case .entity(let entity): entity.reference.map(CauseID.entity)
      case .otherWABA(let waba, _): .entity(EntityReference(type: .waba, id: waba))
      case .root(let cause): cause
      case .signal, .check, .poll, .template: nodeToInvert(of: node)
      case .number, .sibling, .group, .unreadable, .more: nil
      }
    return id.flatMap { causeIndex.row(of: $0) == nil ? nil : $0 }
  }
}

extension EntityDetail {
  /// With what operators said before all else.
  func noted(_ lines: [DetailLine]) -> EntityDetail {
    lines.isEmpty
      ? self
      : EntityDetail(
        title: title,
        subtitle: subtitle,
        sections: [DetailSection(nil, lines)] + sections
      )
  }
}
