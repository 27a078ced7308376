import Health
package import Monitor

// Typing and applying the filter.
extension ScreenState {
  mutating func startFilter() {
    guard !isTypingFilter else { return }
    filtering.draft = FilterDraft(text: filtering.filter.text, former: filtering.filter)
  }

  mutating func editFilter(_ edit: FilterEdit) {
    guard let draft = filtering.draft else { return }
    switch edit {
    case .insert(let text):
      // One more than allowed, so that the error is shown.
      typeFilter(draft.text + text.prefix(max(CommandPrompt.longest + 1 - draft.text.count, 0)))
    case .deleteBackward: typeFilter(String(draft.text.dropLast()))
    case .deleteWord: typeFilter(draft.text.withoutLastWord)
    case .clear: typeFilter("")
    // An invalid text stays, to be corrected or cancelled.
    case .keep: if draft.error == nil { filtering.draft = nil }
    case .drop:
      filtering.draft = nil
      setFilter(draft.former)
    }
  }

  /// Applies the text if it is valid; otherwise the last valid filter stays.
  private mutating func typeFilter(_ text: String) {
    do {
      setFilter(try filtering.saved.filter(text))
      filtering.draft?.error = nil
    } catch {
      filtering.draft?.error = error
    }
    filtering.draft?.text = text
  }

  /// Sets a filter; an invalid one changes nothing and shows an error.
  mutating func filter(by text: String) {
    do {
      setFilter(try filtering.saved.filter(text))
    } catch {
      say("No filter: \(error.message).", kind: .error)
    }
  }

  /// Saves the filter in force for this run; wabatop never writes the configuration.
  mutating func saveFilter(as name: String) {
    let text = filtering.filter.text
    guard !filtering.filter.isEmpty else { return say("There is no filter to save.", kind: .error) }
    filtering.saved.save(text, as: name)
    let quoted = "'\(text.replacing("'", with: "''"))'"
    say(
      "Saved as =\(name) for this run. To keep it, add to the configuration: \"filters:\" and "
        + "\"  \(name): \(quoted)\""
    )
  }

  /// Adopts the names from the configuration, at the start and after a reload.
  package mutating func adopt(_ names: OperatorNames) {
    filtering.saved.replaceConfigured(with: names.filters)
    guard fleet.labels != names.labels else { return }
    fleet.labels = names.labels
    // A filter searches them.
    list.rows.rebuild(from: fleet, at: asOf)
    applyFilter()
  }

  /// Adopts which numbers changed since the operator's last visit.
  mutating func adopt(changed numbers: Set<PhoneNumber.ID>) {
    fleet.changedSinceVisit = numbers
    // The filter is the same, but what passes it is not.
    list.rows.rebuild(from: fleet, at: asOf)
    applyFilter()
  }

  mutating func setFilter(_ filter: Filter) {
    guard filter != filtering.filter else { return }
    filtering.filter = filter
    applyFilter()
  }

  mutating func setOnlyProblems(_ only: Bool) {
    filtering.onlyProblems = only
    applyFilter()
  }

  private mutating func applyFilter() {
    let filter = RowFilter(filter: filtering.filter, onlyProblems: filtering.onlyProblems)
    list.rows.apply(filter, fleet, at: asOf)
    applyFilterToTiles()
    // If the selected number is filtered out, the first row is selected.
    if let selection = list.selection, fleet.index(of: selection).flatMap(list.rows.row) == nil {
      list.selectFirst()
    }
    list.reconcileSelection(with: fleet)
    room.reconcile(in: &self)
  }

  /// Whether the number at a place of the fleet passes the filter.
  func passesFilter(_ place: Int) -> Bool {
    list.rows.count == list.rows.total || list.rows.row(of: place) != nil
  }
}
