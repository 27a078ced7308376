import Health
import History

/// Rows of numbers as this process wrote them last.
struct KnownRows {
  struct Number {
    let row: Int64
    let number: PhoneNumber
    let names: Names?
    var latest: Content?
    var good: Content?
  }

  struct Content {
    let result: Result<HealthReport, ProviderError>
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
  func isSame(as other: Result<HealthReport, ProviderError>) -> Bool {
    switch (result, other) {
    case (.success(let mine), .success(let theirs)):
      mine.isSharing(theirs) || mine.sharing(theirs) != nil
    case (.failure(let mine), .failure(let theirs)): mine == theirs
    case (.success, .failure), (.failure, .success): false
    }
  }
}
