package import Health

/// The bodies of answers as sent, for the raw view.
///
/// It keeps those of numbers in trouble and of the last ones viewed. Others are requested again
/// when they are opened. The body of a page of numbers is kept once. The total is limited to
/// `mostBytes`: the oldest are dropped first.
package struct RawAnswers: Sendable {
  package struct Answer: Sendable {
    package let bytes: [UInt8]
    package let moment: Moment
    package let httpStatus: Int?
    /// How many numbers share the answer.
    fileprivate(set) var numbers = 0
  }

  private let mostBytes: Int

  private var answers: [Int: Answer] = [:]
  private var serials: [PhoneNumber.ID: Int] = [:]
  private var oldest = 0
  private var next = 0
  package private(set) var bytes = 0

  package init(mostBytes: Int = 8 << 20) { self.mostBytes = mostBytes }

  package subscript(id: PhoneNumber.ID) -> Answer? { serials[id].flatMap { answers[$0] } }

  /// Keeps the wanted bodies of a batch, and drops those that are no longer wanted.
  ///
  /// - Parameters:
  ///   - readings: The readings as they came; one without a body changes nothing.
  ///   - isWanted: Whether a number is in trouble or viewed.
  package mutating func keep(_ readings: [Reading], where isWanted: (PhoneNumber.ID) -> Bool) {
    var former: [UInt8]?
    for reading in readings {
      guard let raw = reading.raw else { continue }
      let id = reading.number.id
      release(id)
      guard isWanted(id) else { continue }
      // The numbers of one page are adjacent and share its bytes.
      if former?.isSameBuffer(as: raw) != true || answers[next - 1] == nil {
        answers[next] = Answer(bytes: raw, moment: reading.moment, httpStatus: reading.httpStatus)
        bytes += raw.count
        next += 1
        former = raw
      }
      answers[next - 1]?.numbers += 1
      serials[id] = next - 1
    }
    shrink()
  }

  mutating func forget(_ gone: [PhoneNumber.ID]) {
    for id in gone { release(id) }
  }

  private mutating func release(_ id: PhoneNumber.ID) {
    guard let serial = serials.removeValue(forKey: id), let answer = answers[serial] else { return }
    answers[serial]?.numbers -= 1
    guard answer.numbers == 1 else { return }
    bytes -= answer.bytes.count
    answers[serial] = nil
  }

  private mutating func shrink() {
    while bytes > mostBytes, oldest < next {
      if let answer = answers.removeValue(forKey: oldest) { bytes -= answer.bytes.count }
      oldest += 1
    }
  }
}

extension [UInt8] {
  /// Whether both are the same bytes in memory, which needs no comparison.
  fileprivate func isSameBuffer(as other: Self) -> Bool {
    withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer { $0.baseAddress == left.baseAddress && $0.count == left.count }
    }
  }
}
