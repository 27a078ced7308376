import Glibc

/// Removes the keys of a request from its answer, in any encoding.
///
/// Keys are found as they are, with JSON's escapes, percent-encoded, as HTML entities, in base64
/// (alone or as `user:key`) or hexadecimal, with invisible characters in them, and in nested
/// encodings; a long key is found without its end too. So whatever is decoded from the answer later
/// contains no key.
struct KeyHiding: Sendable {
  private let keys: [[UInt8]]
  private let shortest: Int

  /// Shorter keys occur only in tests, and their letters are everywhere.
  private static let shortestKey = 6
  /// How many nested encodings are decoded.
  private static let deepest = 3
  /// Longer runs are decoded only from their start: no key is so far inside.
  private static let longestRun = 1 << 14

  init(_ secrets: [String]) {
    keys = secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortestKey }
    shortest = keys.map(Self.tellingCount).min() ?? .max
  }

  /// The body without keys; nearly always the same bytes.
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
    // One kind at a time: a key may contain what looks like an escape of another kind.
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
    // Characters before the key shift the groups of four.
    let shifts = run.count <= Self.longestRun ? 4 : 1
    return (0..<shifts).contains { shift in
      let shifted = run.dropFirst(shift)
      // Words that only look like base64 do not decode to text.
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
      // The system's search handles many bytes at once, which matters since every answer is
      // searched.
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

  /// How many bytes identify a key: most of a long key is as secret as the whole.
  private static func tellingCount(of key: [UInt8]) -> Int {
    key.count < 16 ? key.count : key.count * 3 / 4
  }

  /// Runs of at least so many base64 characters.
  ///
  /// Only one byte in so many has to be checked, so most of an answer is skipped.
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

/// Bytes without the escapes of one kind, and their original places.
private struct Unescaped {
  private(set) var bytes: [UInt8] = []
  private var origins: [Int] = []

  /// Nil if nothing is escaped.
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

  /// Removes invisible characters: controls, and those without width.
  ///
  /// Nil if there are none. Line breaks of a whole answer don't count, because they separate texts.
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

  /// The length of the invisible character that starts here; 0 if it is visible.
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

  /// The range in the source for a range of the plain bytes.
  func source(of range: Range<Int>) -> Range<Int> {
    origins[range.lowerBound]..<origins[range.upperBound]
  }
}
