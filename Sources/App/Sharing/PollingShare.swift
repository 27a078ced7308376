import Foundation
import History

/// Which accounts other processes poll, in words.
struct PollingShare: Equatable {
  /// The processes whose finds are shown, each with its accounts.
  private(set) var followed: [String: [String]] = [:]
  /// The processes that poll with other settings, each with its accounts.
  private(set) var apart: [String: [String]] = [:]
  private var accountCount = 0

  init(_ standings: [String: AccountLeases.Standing] = [:], of accountCount: Int = 0) {
    self.accountCount = accountCount
    for (account, standing) in standings.sorted(by: { $0.key < $1.key }) {
      switch standing {
      case .held: break
      case .followed(let lease): followed[Self.name(of: lease), default: []].append(account)
      case .apart(let lease): apart[Self.name(of: lease), default: []].append(account)
      }
    }
  }

  private static func name(of lease: Lease) -> String {
    ProcessIdentity(lease.holder).map { "process \($0.number)" } ?? "another process"
  }

  /// For the header, in two or three words; nil while nobody else polls.
  var phrase: String? {
    let count = followed.values.reduce(0) { $0 + $1.count }
    if count > 0 {
      guard count == accountCount else { return "follows \(count) of \(accountCount)" }
      let holder = followed.count == 1 ? followed.keys.first : nil
      return "follows \(holder?.replacing("process", with: "pid") ?? "others")"
    }
    let others = apart.values.reduce(0) { $0 + $1.count }
    return others > 0 ? "\(others) polled twice" : nil
  }

  /// What is another way than before, one sentence each.
  func sentences(since former: Self) -> [String] {
    var sentences: [String] = []
    for (holder, accounts) in followed.sorted(by: { $0.key < $1.key })
    where former.followed[holder] != accounts {
      let what = accounts.count == accountCount ? "everything" : Self.list(accounts)
      let sentence = "\(holder) polls \(what), and this one follows it."
      sentences.append(sentence.prefix(1).uppercased() + sentence.dropFirst())
    }
    for (holder, accounts) in apart.sorted(by: { $0.key < $1.key })
    where former.apart[holder] != accounts {
      sentences.append(
        "\(Self.list(accounts)): polled here as well, since \(holder) has other settings."
      )
    }
    let mine = Set(former.followed.values.joined()).subtracting(followed.values.joined())
    if !mine.isEmpty {
      let what = followed.isEmpty ? "everything" : Self.list(mine.sorted())
      sentences.append("This process polls \(what) from now on.")
    }
    return sentences
  }

  private static func list(_ accounts: [String]) -> String {
    let most = 3
    guard accounts.count > most else { return accounts.joined(separator: ", ") }
    return accounts.prefix(most).joined(separator: ", ") + " and \(accounts.count - most) more"
  }
}
