extension Int {
  /// The nearest whole number towards zero; zero for what isn't a number.
  ///
  /// For figures that others sent or stored: a conversion that traps would end the whole program.
  package init(saturating figure: Double) {
    guard !figure.isNaN else {
      self = 0
      return
    }
    self = Int(exactly: figure.rounded(.towardZero)) ?? (figure < 0 ? .min : .max)
  }
}
