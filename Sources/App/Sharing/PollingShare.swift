import History

/// Which accounts other processes poll, in words.
struct PollingShare: Equatable {
  /// A process by its number; nil where that can't be told.
  private typealias Holder = Int32?

  /// The processes whose finds are shown, each with its accounts.
  private var followed: [Holder: [String]] = [:]
  /// The processes that poll with other settings, each with its accounts.
  private var apart: [Holder: [String]] = [:]
  private var held: Set<String> = []
  private var isAlone = false
  private let accountCount: Int

  /// Nobody can agree on anything.
  static var alone: Self {
    var share = Self()
    share.isAlone = true
    return share
  }

  init(_ standings: [String: AccountLeases.Standing] = [:], of accountCount: Int = 0) {
    self.accountCount = accountCount
    for (account, standing) in standings.sorted(by: { $0.key < $1.key }) {
      switch standing {
      case .held: held.insert(account)
      case .followed(let lease): followed[Self.holder(of: lease), default: []].append(account)
      case .apart(let lease): apart[Self.holder(of: lease), default: []].append(account)
      }
    }
  }

  private static func holder(of lease: Lease) -> Holder { ProcessIdentity(lease.holder)?.number }

  /// For the header, in two or three words; nil while nobody else polls.
  var phrase: String? {
    let count = followed.values.reduce(0) { $0 + $1.count }
    guard count > 0 else {
      let others = apart.values.reduce(0) { $0 + $1.count }
      return others > 0 ? "\(others) polled twice" : nil
    }
    guard count == accountCount else { return "follows \(count) of \(accountCount)" }
    guard let holder = followed.keys.first, followed.count == 1 else { return "follows others" }
    return "follows \(holder.map { "pid \($0)" } ?? "another process")"
  }

  /// What is another way than before, one sentence each.
  func sentences(since former: Self) -> [String] {
    var sentences: [String] = []
    // Without anything that it remembers itself, nothing else says what is wrong.
    if isAlone, !former.followed.isEmpty {
      sentences.append(
        "Processes can't agree on who polls, since nothing can be written: this one polls by itself."
      )
    }
    for (holder, accounts) in Self.sorted(followed) where former.followed[holder] != accounts {
      let what = accounts.count == accountCount ? "everything" : Self.list(accounts)
      let subject = holder.map { "Process \($0)" } ?? "Another process"
      sentences.append("\(subject) polls \(what), and this one follows it.")
    }
    for (holder, accounts) in Self.sorted(apart) where former.apart[holder] != accounts {
      let who = holder.map { "process \($0)" } ?? "another process"
      sentences.append(
        "\(Self.list(accounts)): polled here as well, since \(who) has other settings."
      )
    }
    let mine = held.intersection(former.followed.values.joined())
    if !mine.isEmpty {
      let what = followed.isEmpty ? "everything" : Self.list(mine.sorted())
      sentences.append("This process polls \(what) from now on.")
    }
    return sentences
  }

  /// That accounts are polled by another process than before; nil where nobody took over.
  ///
  /// It is remembered by who does.
  func takeOver(since former: Self, own number: Int32) -> (text: String, isOurs: Bool)? {
    for (holder, accounts) in Self.sorted(former.followed) {
      let mine = accounts.filter(held.contains)
      if !mine.isEmpty { return (text(of: mine, number, after: holder), true) }
      for (next, theirs) in Self.sorted(followed) where next != holder {
        let taken = theirs.filter(accounts.contains)
        if !taken.isEmpty { return (text(of: taken, next, after: holder), false) }
      }
    }
    return nil
  }

  /// Such as `pid 4242 polls, after pid 4100`.
  private func text(of accounts: [String], _ holder: Holder, after former: Holder) -> String {
    let names = [holder, former].map { $0.map { "pid \($0)" } ?? "another process" }
    let what = accounts.count == accountCount ? "" : " \(Self.list(accounts))"
    return "\(names[0]) polls\(what), after \(names[1])"
  }

  private static func sorted(_ accounts: [Holder: [String]]) -> [(Holder, [String])] {
    accounts.sorted { ($0.key ?? 0) < ($1.key ?? 0) }.map { ($0.key, $0.value) }
  }

  private static func list(_ accounts: [String]) -> String {
    let most = 3
    guard accounts.count > most else { return accounts.joined(separator: ", ") }
    return accounts.prefix(most).joined(separator: ", ") + " and \(accounts.count - most) more"
  }
}
