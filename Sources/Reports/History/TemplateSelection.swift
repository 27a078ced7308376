import Health
import History
import Monitor

/// The templates that a report is about: those that its numbers may send.
///
/// Each business account is looked at once.
struct TemplateSelection {
  private struct Account {
    let isMeant: Bool
    let names: [String: Names]
  }

  private let numbers: NumberSelection
  private var accounts: [String: Account] = [:]

  init(_ numbers: NumberSelection) { self.numbers = numbers }

  mutating func contains(_ waba: String) -> Bool { account(waba).isMeant }

  /// The name and the language of a template: those of today, or the last name of one that is gone.
  mutating func names(of id: String, in waba: String) -> Names {
    account(waba).names[id] ?? numbers.names(of: .template(waba: waba, id: id)) ?? Names(id)
  }

  private mutating func account(_ waba: String) -> Account {
    if let known = accounts[waba] { return known }
    let fleet = numbers.numbers.fleet
    let senders = fleet.numbers(sharing: EntityReference(type: .waba, id: waba))
    let list = fleet.templates(of: waba).flatMap { try? $0.templates.get() } ?? []
    let account = Account(
      isMeant: numbers.isWhole || senders.contains { numbers.contains(fleet.records[$0].id) },
      names: Dictionary(
        list.map { ($0.id, Names($0.name, detail: $0.language)) },
        uniquingKeysWith: { $1 }
      )
    )
    accounts[waba] = account
    return account
  }
}
