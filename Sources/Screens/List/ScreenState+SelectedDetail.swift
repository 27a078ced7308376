import Health
import Monitor

// The detail next to the list.
extension ScreenState {
  /// The detail of the number under the cursor, as in the root of its tree.
  ///
  /// The tree is not built for it, because that may read all numbers of a business.
  package var selectedDetail: EntityDetail? {
    guard let record = selectedRecord else { return nil }
    let own = record.report?.entities.first { $0.type?.value == .phoneNumber }
    var root = TreeNode(id: .number, subject: .number(own), state: record.state)
    root.type = EntityType.phoneNumber.word
    root.identifier = record.displayNumber
    root.name = record.number.label ?? record.name
    let detail = EntityDetail(
      of: root,
      record: record,
      fleet: fleet,
      causes: causeIndex,
      progress: confirmation.progress(of: record.id)
    )
    return withHistory(detail.noted(noteLines(of: record)), of: record.id)
  }
}
