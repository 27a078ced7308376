import FoundationEssentials

// How what was told is kept.
extension Alert {
  /// Nil for what is no alert's, such as one that a later version wrote.
  init?(body: String) {
    guard let alert = try? JSONDecoder().decode(Self.self, from: Data(body.utf8)) else {
      return nil
    }
    self = alert
  }

  var body: String {
    // Texts and dates can always be encoded.
    guard let data = try? JSONEncoder().encode(self) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}
