import FoundationEssentials

/// What a notice says, in a few words.
package struct NoticeSummary: Hashable, Sendable, Decodable {
  private struct Told: Hashable, Decodable {
    let summary: String
  }

  /// Such as `incident_started`.
  package let event: String
  private let alert: Told?

  /// Nil for what is no notice's body.
  package init?(body: String) {
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(body.utf8)) else { return nil }
    self = read
  }

  /// What it is about; nil where that is no trouble.
  package var summary: String? { alert?.summary }
}
