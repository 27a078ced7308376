import FoundationEssentials

/// What a notice says, in a few words.
package struct NoticeSummary: Hashable, Sendable, Decodable {
  private struct Told: Hashable, Decodable {
    let summary: String
  }

  private struct Remark: Hashable, Decodable {
    let subject: String
  }

  /// Such as `incident_started`.
  package let event: String
  private let alert: Told?
  private let acknowledgement: Remark?

  /// Nil for what is no notice's body.
  package init?(body: String) {
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(body.utf8)) else { return nil }
    self = read
  }

  /// What it is about: a trouble, or what was acknowledged.
  package var summary: String? { alert?.summary ?? acknowledgement?.subject }
}
