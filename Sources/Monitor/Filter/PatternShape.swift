import Health

/// The properties of a regular expression that can be found without running it.
struct PatternShape: Sendable {
  /// The whole expression, if it is a plain text with or without anchors.
  private(set) var plain: Plain?
  /// Texts in lower case that every match contains.
  private(set) var needed: [[UInt8]] = []
  private(set) var risk: Risk?

  struct Plain: Sendable {
    var folded: [UInt8]
    var startsAtStart = false
    var endsAtEnd = false

    func matches(_ value: String) -> Bool {
      switch (startsAtStart, endsAtEnd) {
      case (true, true): value.equals(folded: folded)
      case (true, false): value.begins(folded: folded)
      case (false, true): value.ends(folded: folded)
      case (false, false): value.contains(folded: folded)
      }
    }
  }

  /// Why even a short text could take too long.
  struct Risk: Sendable {
    let reason: String
    let range: Range<Int>
  }

  init(_ text: String) {
    var scan = PatternScan(Array(text))
    scan.walk()
    risk = scan.risk
    guard scan.isLiteralOutside else { return }
    needed = scan.runs.map { Array($0.lowercased().utf8) }
    plain = scan.plain
  }
}

/// A scan of an expression that is known to be valid.
private struct PatternScan {
  private let characters: [Character]
  private var place = 0
  private var groups = [Group(start: 0)]
  private var unbounded = 0
  private var run = ""
  /// The texts outside groups, each as long as possible.
  private(set) var runs: [String] = []
  /// Whether no text outside groups is optional.
  private(set) var isLiteralOutside = true
  private(set) var risk: PatternShape.Risk?
  private var startsAtStart = false
  private var endsAtEnd = false
  private var isPlain = true

  private struct Group {
    let start: Int
    /// Whether the same text can be matched in more than one way.
    var varies = false
  }

  init(_ characters: [Character]) { self.characters = characters }

  var plain: PatternShape.Plain? {
    guard isPlain, runs.count <= 1 else { return nil }
    let folded = Array((runs.first ?? "").lowercased().utf8)
    return .init(folded: folded, startsAtStart: startsAtStart, endsAtEnd: endsAtEnd)
  }

  mutating func walk() {
    while place < characters.count { step() }
    endRun()
  }

  private mutating func step() {
    let start = place
    place += 1
    switch characters[start] {
    case "^" where start == 0: startsAtStart = true
    case "$" where place == characters.count: endsAtEnd = true
    case "(":
      // `(?i)` and the like change what follows.
      if place < characters.count, characters[place] == "?" { isLiteralOutside = false }
      groups.append(Group(start: start))
      notPlain()
    case ")" where groups.count > 1: close(groups.removeLast())
    case "|":
      groups[groups.count - 1].varies = true
      if groups.count == 1 { isLiteralOutside = false }
      notPlain()
    case "[":
      skipClass()
      notPlain()
      quantify(from: start, varies: false)
    case "\\": escape(from: start)
    case ".", "^", "$", "#":
      notPlain()
      quantify(from: start, varies: false)
    case let character: literal(character, from: start)
    }
  }

  private mutating func literal(_ character: Character, from start: Int) {
    let isRepeated = place < characters.count && "*+?{".contains(characters[place])
    // Other scripts have their own case rules, which are left to the expression.
    if isRepeated || !character.isASCII || character.isWhitespace {
      notPlain()
      quantify(from: start, varies: false)
    } else if groups.count == 1 {
      run.append(character)
    }
  }

  private mutating func escape(from start: Int) {
    guard place < characters.count else { return }
    let character = characters[place]
    place += 1
    if character.isASCII, character.isPunctuation || character.isSymbol {
      literal(character, from: start)
      return
    }
    // `\Q…\E`, back references and the like are not analysed.
    if !"dDwWsSbBAzZtnr".contains(character) { isLiteralOutside = false }
    notPlain()
    quantify(from: start, varies: false)
  }

  private mutating func close(_ group: Group) { quantify(from: group.start, varies: group.varies) }

  /// Consumes `*`, `+`, `?` or `{…}`, if there is one.
  private mutating func quantify(from start: Int, varies: Bool) {
    guard place < characters.count, "*+?{".contains(characters[place]) else {
      if varies { groups[groups.count - 1].varies = true }
      return
    }
    let sign = characters[place]
    place += 1
    var isUnbounded = sign == "*" || sign == "+"
    if sign == "{" {
      let end = characters[place...].firstIndex(of: "}") ?? characters.count - 1
      isUnbounded = characters[place...end].contains(",")
      place = end + 1
    }
    if place < characters.count, "?+".contains(characters[place]) { place += 1 }
    groups[groups.count - 1].varies = true
    if varies, sign != "?" {
      note("a repeated group repeats or chooses inside", start..<place)
    }
    unbounded += isUnbounded ? 1 : 0
    if unbounded > 3 { note("it repeats more than three times", start..<place) }
  }

  private mutating func note(_ reason: String, _ range: Range<Int>) {
    if risk == nil { risk = .init(reason: reason, range: range) }
  }

  /// Classes may contain classes.
  private mutating func skipClass() {
    var depth = 1
    while place < characters.count, depth > 0 {
      switch characters[place] {
      case "\\": place += 1
      case "[": depth += 1
      case "]": depth -= 1
      default: break
      }
      place += 1
    }
    place = min(place, characters.count)
  }

  private mutating func notPlain() {
    isPlain = false
    endRun()
  }

  private mutating func endRun() {
    if !run.isEmpty { runs.append(run) }
    run = ""
  }
}
