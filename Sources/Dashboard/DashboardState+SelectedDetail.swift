import Health

// What stands beside the list where there is room for it.
extension DashboardState {
  /// All that is known of the number under the list's cursor, as its tree says of the root.
  package var selectedDetail: EntityDetail? {
    guard let record = selectedRecord else { return nil }
    let root = TreeGrowth(record: record, fleet: fleet, arranged: TreeState()).root
    return EntityDetail(of: root.node, record: record, fleet: fleet)
  }
}
