extension Filter {
  /// A filter for a mute, which can't depend on what is acknowledged or muted.
  package init(muting text: String) throws(FilterError) {
    let filter = try Filter(text)
    guard !filter.isEmpty else {
      throw FilterError("a mute needs a filter: it says which numbers are muted", at: 0..<0)
    }
    let flags = filter.expression.parts.compactMap { part in
      if case .flag(let flag) = part { flag } else { nil }
    }
    if let flag = flags.first(where: { $0 == .acked || $0 == .muted }) {
      throw FilterError("a mute can't depend on @\(flag.rawValue)", at: 0..<text.count)
    }
    self = filter
  }

  /// A text as a value in a filter, in quotes if it needs them.
  package static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"):
        true
      default: false
      }
    }
    guard !isPlain || text.isEmpty else { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
