import Glibc

/// Blots the keys that a request was sent with out of its answer, however the answer writes them down.
///
/// As they are, with JSON's escapes, percent-encoded, as HTML entities, in base64 (alone or as
/// `user:key`) or hexadecimal, with characters in it that nobody sees, and in any of these inside another;
/// a long key without its end too. What is read from the answer later has no key in it, whichever way it
/// is decoded.
struct KeyHiding: Sendable {
  private let keys: [[UInt8]]
  private let shortest: Int

  /// A very short key is a test's, and its letters are everywhere.
  private static let shortestKey = 6
  /// Encodings in encodings that are looked through.
  private static let deepest = 3
  /// What is longer is decoded from its beginning only: nobody puts a key so far inside.
  private static let longestRun = 1 << 14

  init(_ secrets: [String]) {
    keys = secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortestKey }
    shortest = keys.map(Self.tellingCount).min() ?? .max
  }

  /// The same bytes, which is nearly always, or what is left of them.
  func hiding(_ body: [UInt8]) -> [UInt8] {
    guard !keys.isEmpty, body.count >= shortest else { return body }
    let places = places(in: body, depth: 0)
    guard !places.isEmpty else { return body }
    var clean: [UInt8] = []
    var start = 0
    for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard place.upperBound > start else { continue }
      if place.lowerBound >= start {
        clean += body[start..<place.lowerBound]
        clean += Array("•••".utf8)
      }
      start = place.upperBound
    }
    return clean + body[start...]
  }

  private func places(in bytes: [UInt8], depth: Int) -> [Range<Int>] {
    guard bytes.count >= shortest else { return [] }
    var places = keys.flatMap { Self.places(of: $0, in: bytes) }
    guard depth < Self.deepest else { return places }
    if let seen = Unescaped(seenIn: bytes, isWhole: depth == 0) {
      places += self.places(in: seen.bytes, depth: depth + 1).map(seen.source)
    }
    // One kind at a time: a key may hold what looks like another kind's escape.
    for kind in Escape.allCases {
      guard let plain = Unescaped(bytes, kind) else { continue }
      places += self.places(in: plain.bytes, depth: depth + 1).map(plain.source)
    }
    for run in Self.runs(in: bytes, longerThan: shortest * 4 / 3)
    where isKey(in: bytes[run], depth: depth + 1) {
      places.append(run)
    }
    return places
  }

  /// Whether a run of letters and digits is an encoding of a key.
  private func isKey(in run: ArraySlice<UInt8>, depth: Int) -> Bool {
    if let decoded = Encoding.hexadecimal(run), !places(in: decoded, depth: depth).isEmpty {
      return true
    }
    // What is glued to its front moves the groups of four.
    let shifts = run.count <= Self.longestRun ? 4 : 1
    return (0..<shifts).contains { shift in
      let shifted = run.dropFirst(shift)
      // Words that only look like base64 decode to anything but text.
      return Encoding.base64(shifted, holdsText: shortest)
        && !places(in: Encoding.base64(shifted), depth: depth).isEmpty
    }
  }

  private static func places(of key: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let first = key.first else { return [] }
      let least = tellingCount(of: key)
      var places: [Range<Int>] = []
      var index = 0
      // The system's search looks at many bytes at once, and the whole of each answer passes here.
      while index + least <= buffer.count,
        let found = memchr(base + index, Int32(first), buffer.count - least - index + 1)
      {
        index = base.distance(to: UnsafeRawPointer(found))
        guard memcmp(base + index, key, least) == 0 else {
          index += 1
          continue
        }
        let rest = zip(buffer[(index + least)...], key[least...]).prefix { $0 == $1 }
        places.append(index..<index + least + rest.count)
        index += least + rest.count
      }
      return places
    }
  }

  /// How many of its first bytes tell a key: of a long one, the most of it is as good as the whole.
  private static func tellingCount(of key: [UInt8]) -> Int {
    key.count < 16 ? key.count : key.count * 3 / 4
  }

  /// Stretches of at least so many characters of base64.
  ///
  /// Each covers one byte in so many: nearly all of an answer is not looked at.
  private static func runs(in bytes: [UInt8], longerThan least: Int) -> [Range<Int>] {
    bytes.withUnsafeBufferPointer { bytes in
      var runs: [Range<Int>] = []
      var probe = least - 1
      while probe < bytes.count {
        guard Encoding.isBase64(bytes[probe]) else {
          probe += least
          continue
        }
        var start = probe
        while start > (runs.last?.upperBound ?? 0), Encoding.isBase64(bytes[start - 1]) {
          start -= 1
        }
        var end = probe + 1
        while end < bytes.count, Encoding.isBase64(bytes[end]) { end += 1 }
        if end - start >= least {
          let padding = bytes[end...].prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
          runs.append(start..<end + padding)
        }
        probe = end + least
      }
      return runs
    }
  }
}

/// Bytes without the escapes of one kind, and where each of them stood.
private struct Unescaped {
  private(set) var bytes: [UInt8] = []
  private var origins: [Int] = []

  /// Nil where nothing is escaped.
  init?(_ source: [UInt8], _ kind: Escape) {
    let isEscaped = source.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return false }
      return memchr(base, Int32(kind.rawValue), buffer.count) != nil
    }
    guard isEscaped else { return nil }
    bytes.reserveCapacity(source.count)
    origins.reserveCapacity(source.count + 1)
    var index = 0
    while index < source.count {
      guard source[index] == kind.rawValue, let escaped = kind.read(source[(index + 1)...]) else {
        bytes.append(source[index])
        origins.append(index)
        index += 1
        continue
      }
      for byte in escaped.decoded {
        bytes.append(byte)
        origins.append(index)
      }
      index += escaped.length
    }
    origins.append(source.count)
    guard bytes.count < source.count else { return nil }
  }

  /// Without the characters that a screen doesn't show: controls, and those of no width.
  ///
  /// Nil where there are none. The line breaks of a whole answer don't count: they stand between texts.
  init?(seenIn source: [UInt8], isWhole: Bool) {
    let hasUnseen = source.withUnsafeBufferPointer { bytes in
      bytes.indices.contains { index in
        switch bytes[index] {
        case 0x09, 0x0A, 0x0D: !isWhole
        case 0x20..<0x7F: false
        default: Self.unseenLength(source[index...]) > 0
        }
      }
    }
    guard hasUnseen else { return nil }
    var index = 0
    while index < source.count {
      let length = Self.unseenLength(source[index...])
      if length == 0 {
        bytes.append(source[index])
        origins.append(index)
      }
      index += max(length, 1)
    }
    origins.append(source.count)
    guard bytes.count < source.count else { return nil }
  }

  /// How many bytes the character takes that begins here, should it be one that isn't seen; else 0.
  private static func unseenLength(_ bytes: ArraySlice<UInt8>) -> Int {
    let following = bytes.dropFirst().prefix(2)
    // No byte of these characters is 0.
    let (first, second, third) = (
      bytes.first ?? 0x20, following.first ?? 0, following.dropFirst().first ?? 0
    )
    switch (first, second, third) {
    case (0..<0x20, _, _), (0x7F, _, _): return 1
    // C1, and the soft hyphen.
    case (0xC2, 0x80...0x9F, _), (0xC2, 0xAD, _): return 2
    // U+200B to 200F, 2028 to 202E, 2060 to 206F, and the byte order mark.
    case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA0...0xAF),
      (0xEF, 0xBB, 0xBF):
      return 3
    default: return 0
    }
  }

  /// Where in the source a range of the plain bytes stands.
  func source(of range: Range<Int>) -> Range<Int> {
    origins[range.lowerBound]..<origins[range.upperBound]
  }
}
