extension Fleet {
  /// Takes over what is the operator's, which no snapshot has.
  package mutating func keepWhatIsOperators(of former: Fleet) {
    labels = former.labels
    changedSinceVisit = former.changedSinceVisit
  }
}
