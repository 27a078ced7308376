import Health
import Monitor

/// A number's names for people, not sanitized.
extension CheckedNumber {
  /// The number as lists show it, and its name.
  var title: String {
    guard let name = displayName, name != displayNumber else { return displayNumber }
    return "\(displayNumber) \(name)"
  }

  var displayNumber: String {
    report?.facts.displayNumber.map(NumberRecord.compact) ?? number.target
      ?? "all of \(number.account)"
  }

  /// The operator's label if there is one, otherwise the verified name.
  var displayName: String? { number.label ?? report?.facts.verifiedName }

  /// The main cause.
  ///
  /// Such as `WABA 102290129340398 (141006): There is an error with the payment method.`
  var causeLine: String? { causes.first?.line }
}
