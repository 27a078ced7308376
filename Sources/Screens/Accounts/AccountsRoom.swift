import Canvas
import Health
import Monitor

extension KeyBinding.Place {
  package static let accounts = Self(
    "accounts",
    .show(.accounts),
    "view: how polling each account goes, the worst first",
    isFiltered: true,
    isOfAnyTime: false
  )
}

/// How polling each account goes, the worst first.
struct AccountsRoom: ViewRoom {
  let place = KeyBinding.Place.accounts

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout {
    AccountsLayout(area: area, lines: context.state.accountCount)
  }

  func standing(_ context: DrawContext) -> [[Phrase]] {
    let (state, separator) = (context.state, context.marks.separator)
    let lines = (0..<state.accountCount).compactMap { state.accountLine(row: $0) }
    let total = state.fleet.accounts.count
    let count =
      lines.count < total
      ? "\(lines.count) of \(total) accounts" : total == 1 ? "1 account" : "\(total) accounts"
    let troubled = lines.count(where: \.standing.needsAttention)
    let trouble = troubled == 0 ? "all answer" : "\(troubled) in trouble"
    let texts = [[count, trouble, "worst first"], [count, trouble], [count]]
    return context.narrowed(texts.map { [Phrase($0.joined(separator: separator), .textMuted)] })
  }

  func visiblePart(of state: ScreenState) -> VisiblePart {
    let isFiltered = !state.filtering.filter.isEmpty
    return VisiblePart(
      range: state.accountWindow,
      count: state.accountCount,
      unfiltered: isFiltered ? state.fleet.accounts.count : nil
    )
  }

  func visibleAges(in state: ScreenState) -> [Age] {
    let lines = state.accountWindow.compactMap { state.accountLine(row: $0) }
    return state.ages(
      of: lines.flatMap { [$0.condition.lastAnswer, $0.failingSince] }.compactMap(\.self)
    )
  }

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState) {
    let (row, count) = (state.accounts.selectedRow, state.accountCount)
    let height = state.accounts.visibleRows
    state.select(
      accountRow: Scrolling.target(of: movement, from: row, count: count, height: height)
    )
  }

  func select(visibleRow: Int, in state: inout ScreenState) {
    state.select(accountRow: state.accountWindow.lowerBound + visibleRow)
  }

  /// The list of its numbers: that is where one goes on from an account.
  func open(in state: inout ScreenState) {
    guard let name = state.selectedAccount?.name else { return }
    let former = state.filtering.filter
    state.shell.routes.append(.list)
    state.filter(by: "account=\(name.quotedForFilter)")
    state.accounts.opened = (state.filtering.filter, former)
    state.room.reconcile(in: &state)
    state.say("Only the numbers of \(name.printable). Esc goes back.", kind: .hint)
  }

  func seekProblem(_ step: Int, in state: inout ScreenState) {
    let count = state.accountCount
    guard count > 0 else { return }
    for distance in 1...count {
      let row = (state.accounts.selectedRow + step * distance + count * 2) % count
      if state.accountLine(row: row)?.standing.needsAttention == true {
        return state.select(accountRow: row)
      }
    }
  }

  /// The tree of its trouble, with all that it hits.
  func invert(in state: inout ScreenState) {
    guard let line = state.selectedAccount else { return }
    guard case .failing(let trouble) = line.standing else {
      return state.say("Account \(line.name.printable) answers.")
    }
    state.openInversion(of: state.causeIndex.troubles.whole(of: .account(line.name, trouble)))
  }

  func reconcile(in state: inout ScreenState) {
    if let opened = state.accounts.opened {
      state.accounts.opened = nil
      if state.filtering.filter == opened.filter { state.setFilter(opened.former) }
    }
    state.reconcileAccounts()
  }

  func returnToTop(in state: inout ScreenState) {
    state.accounts.selection = nil
    state.reconcileAccounts()
  }

  // MARK: What is chosen

  func hasLine(in state: ScreenState) -> Bool { state.accountCount > 0 }

  func hasProblem(in state: ScreenState) -> Bool {
    state.fleet.accounts.contains { $0.standing(at: state.now).needsAttention }
  }

  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID? { nil }

  /// The number that stands for an account: what polls it polls all of the account.
  func pollRequest(in state: ScreenState) -> PollRequest? {
    guard let account = state.selectedAccount?.condition.account else { return nil }
    let placeholder = PhoneNumber(account: account.name, provider: account.provider, target: nil)
    return PollRequest(
      numbers: [placeholder.id],
      text: "Polling all numbers of \(account.name), as its budget allows."
    )
  }

  func eventSubject(in state: ScreenState) -> EventSubject? {
    state.selectedAccount.map { .account($0.name) }
  }

  func identifierToCopy(in state: ScreenState) -> CopiedText? {
    state.selectedAccount.map { CopiedText(what: $0.name.printable, text: $0.name.printable) }
  }

  func remedyToCopy(in state: ScreenState) -> CopiedText? {
    state.selectedAccount.map { $0.ticket(at: state.now) }
  }

  func linkToCopy(in state: ScreenState) -> CopiedText? {
    state.selectedAccount?.advice?.link.map(CopiedText.init(link:))
  }
}

extension String {
  /// As a value of a filter that means just this text.
  var quotedForFilter: String {
    let isPlain = allSatisfy { character in
      character.isASCII && (character.isLetter || character.isNumber) || "-_".contains(character)
    }
    if isPlain, !isEmpty { return self }
    return "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
