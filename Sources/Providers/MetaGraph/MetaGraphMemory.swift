import Health
import Synchronization

/// What an account at Meta has learned from answers and uses for later ones.
///
/// A class, because a provider is a value that many polls use at once; a mutex is enough, because
/// no step awaits anything.
final class MetaGraphMemory: Sendable {
  private struct State {
    /// The numbers of each WABA whose list could be read.
    var members: [String: [String]] = [:]
    /// Configured numbers that are in no WABA's list.
    var singles: Set<String> = []
    /// The WABAs of each business, as last listed, for when listing fails.
    var wabas: [String: [String]] = [:]
    /// The names and templates to read, from the last discovery.
    var discovered: Set<MetaGraphTarget> = []
    /// Other targets that answers revealed, in that order, and also as a set.
    var revealed: [MetaGraphTarget] = []
    var isRevealed: Set<MetaGraphTarget> = []
    /// The business of each WABA.
    var owners: [String: MetaGraphOwner] = [:]
    var businessesRead: Set<String> = []
    /// Where reading number by number continues, by WABA.
    var resumption: [String: Int] = [:]
    /// The last facts of each WABA, including whether messages arrive.
    var accounts: [String: EntityFacts] = [:]
    var webhooks: [String: CachedAnswer<MetaGraphWebhook>] = [:]
    var token: CachedAnswer<MetaGraphTokenState>?
    /// The apps in the numbers' answers.
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

  /// Remembers a WABA's business; returns whether the business itself has yet to be read.
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

  func webhook(of waba: String) -> CachedAnswer<MetaGraphWebhook>? {
    state.withLock { $0.webhooks[waba] }
  }

  func setWebhook(_ answer: CachedAnswer<MetaGraphWebhook>, of waba: String) {
    state.withLock { $0.webhooks[waba] = answer }
  }

  /// Whether a WABA's facts changed.
  func isChanged(_ facts: EntityFacts, of waba: String) -> Bool {
    state.withLock { state in
      defer { state.accounts[waba] = facts }
      return state.accounts[waba].map { $0 != facts } ?? false
    }
  }

  var token: CachedAnswer<MetaGraphTokenState>? {
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

  /// The entities that carry the token's condition: apps if there are any, since a WABA may be read
  /// with other tokens too.
  var tokenBearers: [EntityReference] {
    state.withLock { state in
      state.apps.isEmpty
        ? state.numbersWABAs.sorted().map { EntityReference(type: .waba, id: $0) }
        : state.apps.sorted().map { EntityReference(type: .app, id: $0) }
    }
  }

  // MARK: Targets

  /// Stores what discovery found, and returns the targets that answers revealed besides.
  func revealed(besides discovered: [MetaGraphTarget]) -> [MetaGraphTarget] {
    state.withLock { state in
      state.discovered = Set(discovered)
      return state.revealed.filter { !state.discovered.contains($0) }
    }
  }

  /// Returns the targets that are new.
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
