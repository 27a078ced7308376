import Health
import TestSupport
import Testing

@testable import Monitor

/// The sample fleet has 60 numbers: 9 Acme blocked by their WABA, 2 Globex limited by their business, 2 Hooli
/// with a yellow quality, 6 Wayne whose key is refused, an Initech with a dead token, a Tyrell that is
/// stale, and 39 that are fine, of which 20 are Acme Shop and 19 Sirius.
@Suite struct FilterTests {
  static func count(_ text: String, in fleet: Fleet = .sample) -> Int {
    let filter = Filter.sample(text)
    return fleet.records.count { filter.passes($0, in: fleet, at: .sample) }
  }

  @Test(arguments: [
    ("", 60), ("   ", 60), ("acme", 30), ("ACME", 0), ("Acme", 29), ("acme shop", 20),
    ("+447700900131", 1), ("447700900131", 1), ("7700 900131", 1), ("\"7700 900131\"", 1),
    ("102938475610", 9), ("\"acme uk\"", 9), ("\"uk acme\"", 0), ("kaleyra", 6),
    ("payment method", 9), ("東京", 1), ("1065403522131", 1), ("141006", 9), ("india", 6),
    ("nothing", 0), ("مطعم", 19), ("\\\"", 0), ("acme\\ uk", 9), ("a\\cme", 30),
    ("\"OR\"", 0), ("or", 9), ("\"acme\" \"uk\"", 9), ("pay\"ment m\"ethod", 9),
  ])
  func `words are looked for in numbers, names, accounts and causes`(text: String, count: Int) {
    #expect(Self.count(text) == count)
  }

  @Test(arguments: [
    ("!acme", 30), ("!!acme", 30), ("!(acme shop)", 40), ("acme !shop", 10),
    ("hooli OR wayne", 8), ("hooli OR wayne 301", 3), ("(hooli OR wayne) 301", 1),
    ("wayne 301 OR hooli", 3), ("!hooli wayne", 6), ("!(hooli OR wayne)", 52),
    ("(hooli)OR(wayne)", 8), ("((hooli))", 2), ("hooli OR wayne OR tyrell", 9),
    ("!hooli OR hooli", 60), ("(acme(shop))", 0), ("status:blocked OR status:stale", 10),
    ("status:blocked (provider:meta OR provider:kaleyra) !@muted", 9),
  ])
  func `blanks bind more than OR, and ! more than both`(text: String, count: Int) {
    #expect(Self.count(text) == count)
  }

  @Test(arguments: [
    ("status:blocked,limited", 11), ("s:b,l", 11), ("S:B", 9), ("st=blocked", 9), ("s=BLK", 9),
    ("status!=available", 21), ("s!=ok,stale", 20), ("status:c", 1), ("s:wrn", 2), ("s:old", 1),
    ("status=~^(blocked|stale)$", 10), ("status!~a", 17),
    ("severity:critical", 10), ("sev:w", 4), ("severity:ok", 39), ("severity=unknown", 7),
    ("verdict:blocked", 9), ("v:limited", 2), ("verdict:unknown", 7),
    ("calling:blocked", 53), ("calling!=blocked", 7), ("calling:available", 0),
    ("outcome:timed_out", 1), ("o:cred", 6), ("outcome!=answered", 7),
    ("throughput:high", 0), ("th:standard", 60),
    ("quality:yellow", 2), ("quality:y,r", 2), ("q!=green", 2), ("quality:unrated", 0),
    ("flag:stale", 1), ("flag:stale,problems", 21), ("flag!=problems", 39), ("flag:acked", 0),
    ("@problems", 21), ("!@problems", 39), ("@stale", 1), ("@acked", 0), ("@muted", 0),
    ("@flapping", 0), ("!@muted", 60), ("@NEW", 2),
  ])
  func `words of a closed list may be shortened`(text: String, count: Int) {
    #expect(Self.count(text) == count)
  }

  @Test(arguments: [
    ("provider=kapso", 1), ("provider:k", 7), ("provider:kapso,kaleyra", 7), ("p=kap", 0),
    ("provider!=meta", 30), ("account:dir", 30), ("ac=direct,shops", 51), ("account!~^d", 30),
    ("name:acme", 29), ("name=~^acme", 29), ("name=~1$", 8), ("name:uk", 0), ("na:tyrell", 1),
    ("name=\"Acme 1\"", 1), ("name=\"acme 1\",\"ACME 2\"", 2), ("name!=\"acme 1\"", 59),
    ("label:x", 0), ("label!=x", 60), ("number:+4477009001", 13),
    ("number=\"+44 7700 900131\"", 1), ("number=447700900131", 1), ("number:44", 60),
    ("nu=\"44-7700-900131\"", 1), ("number=~900131$", 1), ("id:1065403522131", 1),
    ("waba:1029", 9), ("waba!=102938475610", 51), ("w=\"acme uk\"", 9), ("waba:acme", 9),
    ("business:\"acme group\"", 29), ("b=556677889900", 29), ("app:5512340000", 60),
    ("entity:business", 60), ("entity:flow", 0), ("e:102938475610", 9), ("entity=WABA", 60),
    ("cause:waba", 9), ("cause:quality", 2), ("cause:poll", 7), ("cau=token", 1),
    ("cause=~payment", 9), ("code:141006", 9), ("code=141010,141006", 11), ("co:138024", 60),
    ("template:paused", 9), ("template=winter_promo", 9), ("te:otp", 9), ("template:x", 0),
  ])
  func `text fields begin with, are or match what is asked for`(text: String, count: Int) {
    #expect(Self.count(text) == count)
  }

  @Test(arguments: [
    ("quality<=yellow", 2), ("quality<green", 2), ("quality>=yellow", 60), ("quality>yellow", 58),
    ("q<red", 0), ("q<=RED", 0), ("limit>=10K", 60), ("limit>1K", 60), ("limit<10000", 0),
    ("limit<unlimited", 60), ("li=10k", 60), ("limit:10000,1K", 60), ("limit:TIER_10K", 60),
    ("limit!=10k", 0), ("limit:unlimited", 0), ("limit=~tier", 60),
    ("since<1h", 10), ("since<=38m", 10), ("since<38m", 8), ("since>=2h14m", 50),
    ("si>2h14m", 41), ("since>1d", 39), ("since<10m", 2),
    ("age>10m", 6), ("age<1m", 53), ("age>=12s age<=12s", 53), ("ag>1w", 0),
  ])
  func `what has an order is compared by it`(text: String, count: Int) {
    #expect(Self.count(text) == count)
  }

  @Test(arguments: [
    "^acme", "uk$", "^acme 1$", "acme", "a.me", "(acme|globex) [12]", "^.*2$", "ac+me", "\\d",
    "shop\\s1", "^$", "東", "ACME", "[^a-z ]", "\\+44", "hooli|wayne",
  ])
  func `an expression finds what Regex finds`(pattern: String) throws {
    let regex = try Regex(pattern).ignoresCase()
    let names = Fleet.sample.records.compactMap(\.name)
    let found = names.count { (try? regex.firstMatch(in: $0)) != nil }
    #expect(Self.count("name=~\(pattern.contains(" ") ? "\"\(pattern)\"" : pattern)") == found)
  }
}

@Suite struct FilterFieldTests {
  /// As the README's table has them.
  static let shortest: [FilterField: String] = [
    .status: "s", .severity: "se", .verdict: "v", .number: "nu", .name: "na", .label: "la",
    .id: "i", .account: "ac", .provider: "p", .waba: "w", .business: "b", .app: "ap",
    .entity: "e", .cause: "cau", .code: "co", .quality: "q", .limit: "li", .throughput: "th",
    .calling: "cal", .template: "te", .outcome: "o", .age: "ag", .since: "si", .flag: "f",
  ]

  @Test(arguments: FilterField.allCases)
  func `every field has a short form, and no shorter one`(field: FilterField) throws {
    let short = try #require(Self.shortest[field])
    for length in 1...field.rawValue.count {
      let meant = FilterField.meant(by: String(field.rawValue.prefix(length)))
      #expect((meant == [field]) == (length >= short.count))
    }
  }
}

@Suite struct FilterErrorTests {
  @Test(arguments: [
    ("status:bloked", 7..<13, "there is no status \"bloked\"; did you mean \"blocked\"?"),
    ("acme s:b,lmited", 9..<15, "there is no status \"lmited\"; did you mean \"limited\"?"),
    ("status=b", 7..<8, "there is no status \"b\"; known are blocked, critical, limited,"),
    ("statsu:b", 0..<6, "there is no field \"statsu\"; did you mean \"status\"?"),
    ("12:30", 0..<2, "there is no field \"12\"; put quotes around it"),
    ("n:x", 0..<1, "the field \"n\" could be number or name"),
    ("ca:x", 0..<2, "the field \"ca\" could be cause or calling"),
    ("@problem", 0..<8, "there is no set \"@problem\"; did you mean \"@problems\"?"),
    ("x @mutd", 2..<7, "did you mean \"@muted\"?"),
    ("@", 0..<1, "known are @problems, @new, @changed, @acked, @muted, @stale, @flapping"),
    ("name<5", 4..<5, "name takes : = != =~ !~, not <"),
    ("age:10m", 3..<4, "age takes < <= > >=, not :"),
    ("status>=b", 6..<8, "status takes"), ("flag=~x", 4..<6, "flag takes : = !="),
    ("age>10", 4..<6, "\"10\" is not a duration such as 30s, 10m, 1h30m or 2d"),
    ("age>m", 4..<5, "\"m\" is not a duration"), ("age>1x", 4..<6, "\"1x\" is not a duration"),
    ("age>-1h", 4..<7, "\"-1h\" is not a duration"),
    ("age>99999999999s", 4..<16, "is not a duration"),
    ("limit<many", 6..<10, "\"many\" is not a limit; write 250, 1K, 100000 or unlimited"),
    ("limit>not_set", 6..<13, "\"not_set\" has no order"),
    ("quality<gren", 8..<12, "there is no quality \"gren\"; did you mean \"green\"?"),
    ("quality<=unknown", 9..<16, "has no order"),
    ("status:", 7..<7, "status needs a value here: blocked, critical"),
    ("status: blocked", 7..<7, "status needs a value"), ("s:b,", 4..<4, "needs a value"),
    ("age>", 4..<4, "age needs a value here: 30s"), ("name=\"\"", 5..<7, "name needs a value"),
    ("name=~", 6..<6, "a regular expression is missing"),
    (":x", 0..<1, "a field is missing before :"), ("!=x", 1..<2, "a field is missing before ="),
    ("\"acme", 0..<5, "the closing quote is missing"), ("name=~\"a", 6..<8, "the closing quote"),
    ("acme\\", 4..<5, "a character is missing after \\"),
    ("\"\"", 0..<2, "a search text is missing"),
    ("(acme", 0..<1, "the closing parenthesis is missing"),
    ("acme)", 4..<5, "there is no opening parenthesis for this one"),
    ("()", 1..<1, "a search term is missing"), ("OR", 0..<0, "a search term"),
    ("a OR", 4..<4, "a search term"), ("a OR OR b", 5..<5, "a search term"),
    ("!", 0..<1, "a term is missing after"), ("a ! b", 2..<3, "a term is missing"),
    ("name=~a(b", 9..<9, "the regular expression is not valid: expected ')'"),
    ("name=~a[b", 9..<9, "expected ']'"), ("x name=~a**", 10..<11, "quantifier '*'"),
    ("name=~\"a b**\"", 11..<12, "quantifier '*'"), ("name=~\\q", 7..<8, "invalid escape"),
    ("name=~(a+)+$", 6..<11, "could take forever: a repeated group"),
    ("name=~x(a|aa)*", 7..<14, "could take forever"), ("name=~(a*){9}", 6..<13, "forever"),
    ("name=~((a|b)c)+", 6..<15, "forever"), ("name=~.*.*.*.*x", 12..<14, "more than three times"),
  ])
  func `what is wrong is named, with its place and what would be right`(
    text: String,
    range: Range<Int>,
    words: String
  ) {
    let error = #expect(throws: FilterError.self) { try Filter(text) }
    #expect(error?.range == range)
    #expect(error?.text.contains(words) == true, "\(error?.text ?? "")")
  }

  @Test func `the place is counted from one for people`() {
    #expect(FilterError("x", at: 7..<9).message == "character 8: x")
  }

  @Test(arguments: ["(a|b)c+", "(ab)+", "(a|b)?", "a+b*c?", "[(a+)+]*", "\\(a+\\)+", "(a{2})?"])
  func `an expression that ends soon is let through`(pattern: String) throws {
    _ = try Filter("name=~\(pattern)")
  }

  @Test func `text of any depth and length is answered`() {
    for text in ["(", "!", "((a) ", "a OR (", "name=~(", "s:b,"] {
      let long = String(repeating: text, count: 900 / text.count)
      #expect(throws: FilterError.self) { try Filter(long) }
    }
    #expect(throws: FilterError.self) { try Filter(String(repeating: "a", count: 100_000)) }
  }

  @Test func `each beginning of a text is a filter or an error, never a crash`() {
    let text =
      #"s:b,l (provider=kapso OR !name=~"^a(c|d)me[x]{2,3}\"") age>1h30m @new "a \"b" limit>=1K"#
    for end in text.indices { _ = try? Filter(String(text[..<end])) }
    #expect((try? Filter(text)) != nil)
  }
}
