package import Health

import struct FoundationEssentials.Date

extension Packed {
  /// How polling an account goes.
  package static func bytes(of condition: AccountCondition) -> [UInt8] {
    var packer = Packer()
    packer.pack(version)
    packer.pack(condition.account.name)
    packer.pack(condition.account.provider)
    packer.pack(condition.account.refresh)
    packer.pack(condition.account.requestsPerMinute)
    packer.pack(condition.account.concurrency)
    packer.pack(condition.account.callingExpected)
    packer.pack(condition.effectiveRefresh)
    packer.pack(condition.failure) { $0.pack($1) }
    packer.pack(condition.failingSince?.date) { $0.pack($1) }
    packer.pack(condition.nextPoll?.date) { $0.pack($1) }
    return packer.bytes
  }

  /// Reads how polling an account went, on the clock of this run.
  package static func condition(
    from bytes: some Collection<UInt8>,
    at now: Moment
  ) throws(PackedError) -> AccountCondition {
    var unpacker = Unpacker(bytes)
    guard try unpacker.number() == version else { throw PackedError() }
    return AccountCondition(
      account: Account(
        name: try unpacker.text(),
        provider: try unpacker.text(),
        refresh: try unpacker.duration(),
        requestsPerMinute: try unpacker.optionalNumber(),
        concurrency: try unpacker.number(),
        callingExpected: try unpacker.flag()
      ),
      effectiveRefresh: try unpacker.duration(),
      failure: try unpacker.optional { unpacker throws(PackedError) in try unpacker.failure() },
      failingSince: try unpacker.optionalDate().map { Moment(remembered: $0, now: now) },
      nextPoll: try unpacker.optionalDate().map { Moment(remembered: $0, now: now) }
    )
  }
}

extension Unpacker {
  fileprivate mutating func optionalDate() throws(PackedError) -> Date? {
    try optional { unpacker throws(PackedError) in try unpacker.date() }
  }
}
