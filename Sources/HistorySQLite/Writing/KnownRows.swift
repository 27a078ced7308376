import Health
import History

/// Rows of numbers as this process wrote them last.
///
/// There is one of each number, so it refers to readings that are in memory anyway.
struct KnownRows {
  struct Number {
    let row: Int64
    /// Of the number and its names.
    let fingerprint: Int
    var latest: Content?
    var good: Content?
  }

  struct Content {
    let reading: Reading
    let row: Int64
  }

  /// Rows that nothing refers to were taken away so often: rows known before that may be gone.
  private var collections: Int?
  private var numbers: [PhoneNumber.ID: Number] = [:]

  subscript(id: PhoneNumber.ID) -> Number? {
    get { numbers[id] }
    set { numbers[id] = newValue }
  }

  /// Forgets everything where other rows may be gone by now.
  mutating func expect(collections current: Int) {
    guard collections != current else { return }
    self = KnownRows()
    collections = current
  }
}

extension KnownRows.Content {
  /// Whether another answer has the same content, whenever it was given.
  func isSame(as other: Reading) -> Bool {
    switch (reading.result, other.result) {
    case (.success(let mine), .success(let theirs)):
      mine.isSharing(theirs) || mine.sharing(theirs) != nil
    case (.failure(let mine), .failure(let theirs)): mine == theirs
    case (.success, .failure), (.failure, .success): false
    }
  }
}
