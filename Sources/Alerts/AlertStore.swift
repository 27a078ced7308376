import History

/// Where it is noted what was told, and looked up what became of it.
struct AlertStore: Sendable {
  let records: BufferedRecords
  let incidents: any HistoryQueries
}
