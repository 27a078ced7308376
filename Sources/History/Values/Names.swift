/// What people know a subject by.
package struct Names: Hashable, Sendable {
  /// Such as the phone number, or a template's name.
  package let text: String
  /// Such as the verified name, or an account's provider.
  package let detail: String?

  package init(_ text: String, detail: String? = nil) {
    self.text = text
    self.detail = detail
  }
}
