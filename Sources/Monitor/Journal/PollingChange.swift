import Health

/// The troubles of accounts that started and ended.
struct PollingChange {
  struct Failing {
    let cause: CauseID
    /// The single accounts' troubles that it combines.
    let parts: [CauseID]
    let error: ProviderError?
    /// Whether it is what is left of a larger one.
    let isRest: Bool
  }

  struct Over {
    let cause: CauseID
    /// The single accounts' troubles that it combined.
    let parts: [CauseID]
    let since: Moment?
  }

  var failing: [Failing] = []
  var answering: [Over] = []
}
