package import Monitor
import Testing

extension Filter {
  /// A filter that is known to be right.
  package static func sample(_ text: String) -> Filter {
    do {
      return try Filter(text)
    } catch {
      Issue.record("\(text): \(error.message)")
      return Filter()
    }
  }
}
