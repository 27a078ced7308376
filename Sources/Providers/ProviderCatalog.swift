/// The list of all providers: a new one needs a folder and a line here.
package enum ProviderCatalog {
  package static let all: [ProviderDescription] = [
    KapsoProvider.description,
    Dialog360Provider.description,
    KaleyraProvider.description,
    MetaGraphProvider.description,
    GraphCompatibleProvider.description,
  ]

  package static func provider(named name: String) -> ProviderDescription? {
    all.first { $0.name == name }
  }
}
