import Health
package import Monitor

extension NumberRecord {
  /// Whether a name refers to this number.
  package func answers(to name: String) -> Bool {
    let sent = report?.facts.displayNumber
    let names = [number.target, number.label, report?.phoneNumberID, sent, displayNumber]
    return names.contains(name) || displayNumber == "+" + name
  }
}
