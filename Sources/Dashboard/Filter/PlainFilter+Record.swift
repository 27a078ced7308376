package import Health

extension PlainFilter {
  /// Whether one number passes; the list keeps its searchable text instead of making it anew.
  package func passes(_ record: NumberRecord, in fleet: Fleet) -> Bool {
    RowFilter(text: self).passes(
      SearchText(record, in: fleet),
      record.state,
      exact: SearchText(record, in: fleet, isFolded: false)
    )
  }
}
