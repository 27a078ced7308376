/// Something of the history that is looked up again whenever the question is another.
package struct LookUp<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  package private(set) var answer: Answer?
  /// What the answer is to.
  private(set) var answered: Question?
  private(set) var asked: Question?

  init() {}

  /// The question, unless it is answered, or another one is still open.
  func wanted(_ question: Question?) -> Question? {
    asked == nil && question != answered ? question : nil
  }

  mutating func expect(_ question: Question) { asked = question }

  /// Adopts an answer; one to a question that was dropped changes nothing.
  ///
  /// - Parameters:
  ///   - answer: Nil where it can't be looked up.
  ///   - question: What was asked.
  /// - Returns: Whether it was adopted.
  mutating func adopt(_ answer: Answer?, to question: Question) -> Bool {
    guard asked == question else { return false }
    asked = nil
    (self.answer, answered) = (answer, question)
    return true
  }

  /// Drops what is known and what is asked.
  mutating func reset() { self = Self() }
}
