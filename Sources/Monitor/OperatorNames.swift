/// The operator's names from the configuration.
package struct OperatorNames: Hashable, Sendable {
  /// By the id of a WABA, a business or an app; shown instead of the provider's name.
  package var labels: [String: String]
  /// Filters by name.
  package var filters: [String: String]

  package init(labels: [String: String] = [:], filters: [String: String] = [:]) {
    self.labels = labels
    self.filters = filters
  }
}
