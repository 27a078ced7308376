import Health

// The number that stands for the account.
extension TargetRegistry {
  mutating func show(
    _ result: Result<HealthReport, ProviderError>,
    of target: String?,
    at now: Moment,
    in change: inout Change
  ) {
    if case .failure(let failure) = result, failInherited(for: failure, at: now, in: &change) {
      return
    }
    unattributed.insert(target)
    if !showsPlaceholder { change.update.appeared.append(placeholder) }
    showsPlaceholder = true
    inherited.remove(placeholder.id)
    change.update.readings.append(Reading(of: placeholder, result, at: now))
  }

  /// Numbers that were there before are the ones that can't be asked: another row would be a number too
  /// many.
  ///
  /// - Returns: Whether there are any.
  private mutating func failInherited(
    for failure: ProviderError,
    at now: Moment,
    in change: inout Change
  ) -> Bool {
    guard inherited.contains(where: { $0 != placeholder.id }) else { return false }
    if inherited.remove(placeholder.id) != nil { change.update.vanished.append(placeholder.id) }
    change.update.readings += inherited.sorted().map { id in
      let number = PhoneNumber(account: account.name, provider: account.provider, target: id.target)
      return Reading(of: number, .failure(failure), at: now)
    }
    return true
  }

  mutating func hidePlaceholderIfExplained(in change: inout Change) {
    guard showsPlaceholder, unattributed.isEmpty else { return }
    showsPlaceholder = false
    change.update.vanished.append(placeholder.id)
  }
}
