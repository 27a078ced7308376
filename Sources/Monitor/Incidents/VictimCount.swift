/// How many numbers and templates a cause hits.
package struct VictimCount: Hashable, Sendable {
  package private(set) var numbers = 0
  package private(set) var templates = 0

  package init(of victims: some Sequence<Subject>) {
    for victim in victims {
      switch victim {
      case .number: numbers += 1
      case .template: templates += 1
      case .entity, .account, .cause, .program: break
      }
    }
  }

  /// Such as `1 number, 2 templates`.
  package var text: String {
    let parts = [Self.text(numbers, "number"), Self.text(templates, "template")]
      .compactMap(\.self)
    return parts.isEmpty ? "0 numbers" : parts.joined(separator: ", ")
  }

  private static func text(_ count: Int, _ noun: String) -> String? {
    count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
