package import struct FoundationEssentials.Date

/// That an account was polled without a gap from one moment to another.
package struct Coverage: Hashable, Sendable {
  package let account: String
  package let from: Date
  package let to: Date

  package init(account: String, from: Date, to: Date) {
    self.account = account
    self.from = from.roundedToMilliseconds
    self.to = to.roundedToMilliseconds
  }
}
