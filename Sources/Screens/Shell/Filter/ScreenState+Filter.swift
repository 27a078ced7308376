import Health
package import Monitor

// The filter, as it is typed and as it is in force.
extension ScreenState {
  mutating func startFilter() {
    guard !isTypingFilter else { return }
    filtering.draft = FilterDraft(text: filtering.filter.text, former: filtering.filter)
  }

  mutating func editFilter(_ edit: FilterEdit) {
    guard let draft = filtering.draft else { return }
    switch edit {
    case .insert(let text):
      // One more than is allowed, so that it is said.
      typeFilter(draft.text + text.prefix(max(CommandPrompt.longest + 1 - draft.text.count, 0)))
    case .deleteBackward: typeFilter(String(draft.text.dropLast()))
    case .deleteWord: typeFilter(draft.text.withoutLastWord)
    case .clear: typeFilter("")
    // A text that is wrong stays, to be corrected or dropped.
    case .keep: if draft.error == nil { filtering.draft = nil }
    case .drop:
      filtering.draft = nil
      setFilter(draft.former)
    }
  }

  /// Applies what was typed as soon as it is understood; until then the last valid filter stays.
  private mutating func typeFilter(_ text: String) {
    do {
      setFilter(try filtering.saved.filter(text))
      filtering.draft?.error = nil
    } catch {
      filtering.draft?.error = error
    }
    filtering.draft?.text = text
  }

  /// Takes a whole filter; one that is wrong changes nothing and says why.
  mutating func filter(by text: String) {
    do {
      setFilter(try filtering.saved.filter(text))
    } catch {
      say("No filter: \(error.message).", kind: .error)
    }
  }

  /// Keeps the filter in force for this run; the configuration is the operator's own to write.
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

  /// Takes the names of the configuration, at the start and when it is read again.
  package mutating func adopt(_ names: OperatorNames) {
    fleet.labels = names.labels
    filtering.saved.replaceConfigured(with: names.filters)
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
    list.rows.apply(filter, fleet, at: now)
    applyFilterToTiles()
    // A number that is filtered out leaves the cursor to the first one that isn't.
    if let selection = list.selection, fleet.index(of: selection).flatMap(list.rows.row) == nil {
      list.selectFirst()
    }
    list.reconcileSelection(with: fleet)
    room.reconcile(in: &self)
  }

  /// Whether the number in a place of the fleet is shown.
  func passesFilter(_ place: Int) -> Bool {
    list.rows.count == list.rows.total || list.rows.row(of: place) != nil
  }
}
