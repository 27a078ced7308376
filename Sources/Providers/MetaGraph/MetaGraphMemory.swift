import Health
import Synchronization

/// What an account at Meta has learnt from answers, and what later ones are read with.
///
/// A reference, because a provider is a value that many polls use at once; a mutex, because nothing is
/// awaited between its steps.
final class MetaGraphMemory: Sendable {
  private struct State {
    /// The numbers of each WABA whose list could be read.
    var members: [String: [String]] = [:]
    /// Configured numbers that no WABA brings.
    var singles: Set<String> = []
    /// The WABAs of each business, as last listed, for when listing fails.
    var wabas: [String: [String]] = [:]
    /// Names and templates to read as the last discovery has them.
    var discovered: Set<MetaGraphTarget> = []
    /// Those that answers revealed besides, in the order in which they did, and once more as a set.
    var revealed: [MetaGraphTarget] = []
    var isRevealed: Set<MetaGraphTarget> = []
    /// What WABAs said of their business.
    var owners: [String: MetaGraphOwner] = [:]
    var businessesRead: Set<String> = []
    /// Where asking number by number goes on, by WABA.
    var resumption: [String: Int] = [:]
    /// Of each WABA what it last said of itself, and whether anything comes in.
    var accounts: [String: EntityFacts] = [:]
    var webhooks: [String: RareAnswer<MetaGraphWebhook>] = [:]
    var token: RareAnswer<MetaGraphTokenState>?
    /// What the numbers' answers name.
    var apps: Set<String> = []
    var numbersWABAs: Set<String> = []
  }

  private let state = Mutex(State())

  // MARK: Which number is read where

  func members(of waba: String) -> [String]? { state.withLock { $0.members[waba] } }

  func setMembers(_ ids: [String]?, of waba: String) {
    state.withLock { $0.members[waba] = ids }
  }

  func isSingle(_ id: String) -> Bool { state.withLock { $0.singles.contains(id) } }

  func setSingles(_ ids: [String]) { state.withLock { $0.singles = Set(ids) } }

  func addSingles(_ ids: [String]) { state.withLock { $0.singles.formUnion(ids) } }

  // MARK: Businesses

  func wabas(of business: String) -> [String] { state.withLock { $0.wabas[business] ?? [] } }

  func setWABAs(_ ids: [String], of business: String) {
    state.withLock { $0.wabas[business] = ids }
  }

  func owner(_ business: String) -> MetaGraphOwner? { state.withLock { $0.owners[business] } }

  /// Remembers what a WABA said of its business, and whether the business itself is yet to be read.
  func learn(_ owner: MetaGraphOwner) -> Bool {
    state.withLock { state in
      state.owners[owner.id] = owner
      return !state.businessesRead.contains(owner.id)
    }
  }

  func hasRead(business: String) {
    state.withLock { _ = $0.businessesRead.insert(business) }
  }

  // MARK: What is asked rarely

  func webhook(of waba: String) -> RareAnswer<MetaGraphWebhook>? {
    state.withLock { $0.webhooks[waba] }
  }

  func setWebhook(_ answer: RareAnswer<MetaGraphWebhook>, of waba: String) {
    state.withLock { $0.webhooks[waba] = answer }
  }

  /// Whether a WABA says something else of itself than before.
  func isChanged(_ facts: EntityFacts, of waba: String) -> Bool {
    state.withLock { state in
      defer { state.accounts[waba] = facts }
      return state.accounts[waba].map { $0 != facts } ?? false
    }
  }

  var token: RareAnswer<MetaGraphTokenState>? {
    get { state.withLock { $0.token } }
    set { state.withLock { $0.token = newValue } }
  }

  func noteBearers(apps: [String], wabas: [String]) {
    state.withLock { state in
      state.apps.formUnion(apps)
      state.numbersWABAs.formUnion(wabas)
    }
  }

  var wabasOfNumbers: [String] { state.withLock { $0.numbersWABAs.sorted() } }

  /// What stands for all that the token reads: an app is its own, a WABA may be read with others too.
  var tokenBearers: [EntityReference] {
    state.withLock { state in
      state.apps.isEmpty
        ? state.numbersWABAs.sorted().map { EntityReference(type: .waba, id: $0) }
        : state.apps.sorted().map { EntityReference(type: .app, id: $0) }
    }
  }

  // MARK: Targets

  /// Takes what discovery found, and returns what answers have revealed besides.
  func revealed(besides discovered: [MetaGraphTarget]) -> [MetaGraphTarget] {
    state.withLock { state in
      state.discovered = Set(discovered)
      return state.revealed.filter { !state.discovered.contains($0) }
    }
  }

  /// Those that nobody knew of until now.
  func reveal(_ targets: [MetaGraphTarget]) -> [MetaGraphTarget] {
    state.withLock { state in
      let new = targets.filter {
        !state.discovered.contains($0) && state.isRevealed.insert($0).inserted
      }
      state.revealed += new
      return new
    }
  }

  // MARK: Number by number

  func resumption(of waba: String) -> Int { state.withLock { $0.resumption[waba] ?? 0 } }

  func setResumption(_ index: Int, of waba: String) {
    state.withLock { $0.resumption[waba] = index }
  }
}

/// A business as its WABAs name it.
struct MetaGraphOwner: Hashable, Sendable {
  let id: String
  let name: String?
  let verification: String?
}
