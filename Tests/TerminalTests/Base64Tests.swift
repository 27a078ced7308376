import Testing

@testable import Terminal

struct Base64Tests {
  /// The vectors of RFC 4648, and one that uses all of the alphabet's end.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("???>>>", "Pz8/Pj4+"), ("日本", "5pel5pys"),
  ])
  func `text is encoded for the clipboard`(text: String, expected: String) {
    #expect(Base64.encoded(text.utf8) == expected)
  }
}
