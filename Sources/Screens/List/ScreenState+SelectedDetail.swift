import Health
import Monitor

// What stands beside the list where there is room for it.
extension ScreenState {
  /// All that is known of the number under the list's cursor, as its tree says of the root.
  ///
  /// The tree itself is not grown for it: that may look at all numbers of a business.
  package var selectedDetail: EntityDetail? {
    guard let record = selectedRecord else { return nil }
    let own = record.report?.entities.first { $0.type?.value == .phoneNumber }
    var root = TreeNode(id: .number, subject: .number(own), state: record.state)
    root.type = EntityType.phoneNumber.word
    root.identifier = record.displayNumber
    root.name = record.number.label ?? record.name
    return EntityDetail(of: root, record: record, fleet: fleet, causes: causeIndex)
  }
}
