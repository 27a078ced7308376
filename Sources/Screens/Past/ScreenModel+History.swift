package import Health
import History
import Monitor

package import struct FoundationEssentials.Date

// Time travel.
extension ScreenModel {
  func travel(_ question: TravelQuestion) async {
    let answer: TravelAnswer
    if let history = history() {
      let present = await monitor.read { $0 }
      answer = await PastReader(history, beside: present, at: time.now).answer(question)
    } else {
      answer = .refused("Nothing is remembered in this run.")
    }
    guard state.travel.asked == question else { return }
    // A snapshot may be being adopted, in parts.
    arrival = (answer, question)
    await pull()
  }

  func show(_ answer: TravelAnswer, to question: TravelQuestion) {
    arrival = nil
    if state.arrive(answer, to: question) { noteArrival(isNews: true) }
  }

  func showPresent() async {
    let snapshot = await monitor.takeSnapshot()
    guard state.travel.isReturning else { return }
    state.showPresent(snapshot)
    noteArrival(isNews: true)
  }
}

// What is remembered.
extension ScreenModel {
  /// Looks up what the views need of the past.
  func lookUp() {
    guard let history = history() else { return }
    if let question = state.wantedEvents {
      state.expect(question)
      Task {
        let reader = EventsReader(history, of: state.fleet, at: time.now)
        let page = await reader.page(question)
        if state.add(page, to: question) { revision += 1 }
      }
    }
    look(up: \.bars, asked: \.wantedBars) {
      try await history.density(in: $0.window, shares: BarsQuestion.shareCount)
    }
    look(up: \.figures.counts, asked: \.countsQuestion) { try await history.counts(at: $0.date) }
    look(up: \.figures.strips, asked: \.stripsQuestion, afterRest: true) {
      try await history.lines(of: Array($0.numbers), in: $0.window)
    }
    look(up: \.figures.difference, asked: \.wantedDifference) {
      try await $0.answer(from: history)
    }
    look(up: \.figures.number, asked: \.numberQuestion, afterRest: true) {
      try await history.history(to: $0)
    }
  }

  /// How long a cursor stays until what it is on is looked up: one that runs asks for too much.
  private static let rest = Duration.milliseconds(120)

  /// Looks something up, unless it is known or being looked up.
  ///
  /// - Parameters:
  ///   - path: Where the answer is kept.
  ///   - question: What the views ask now.
  ///   - afterRest: Whether to wait until the question stays the same for a while.
  ///   - answer: Asks the history.
  private func look<Question, Answer>(
    up path: any WritableKeyPath<ScreenState, LookUp<Question, Answer>> & Sendable,
    asked question: any KeyPath<ScreenState, Question?> & Sendable,
    afterRest: Bool = false,
    _ answer: @escaping @Sendable (Question) async throws -> Answer?
  ) {
    guard state[keyPath: path].asked == nil,
      let first = state[keyPath: path].wanted(state[keyPath: question])
    else { return }
    state[keyPath: path].expect(first)
    Task {
      let last = afterRest ? await rested(path, question, first) : first
      let found = try? await answer(last)
      if state[keyPath: path].adopt(found, to: last) { revision += 1 }
    }
  }

  /// The question that stayed the same for a while.
  private func rested<Question, Answer>(
    _ path: any WritableKeyPath<ScreenState, LookUp<Question, Answer>> & Sendable,
    _ question: any KeyPath<ScreenState, Question?> & Sendable,
    _ first: Question
  ) async -> Question {
    var last = first
    while true {
      try? await time.sleep(until: time.now + Self.rest)
      // Elsewhere in the program nothing is asked, and after a reset the question is another task's.
      guard state[keyPath: path].asked == last, let now = state[keyPath: question], now != last
      else { return last }
      last = now
      state[keyPath: path].expect(now)
    }
  }
}

extension HistoryQueries {
  /// How a number was in the last day and the last week.
  fileprivate func history(to question: NumberQuestion) async throws -> NumberHistory? {
    let id = question.number
    let day = try await lines(of: [id], in: question.window(days: 1))[id]
    let week = try await lines(of: [id], in: question.window(days: 7))[id]
    guard let day, let week else { return nil }
    return NumberHistory(day: day, week: week)
  }
}

// The last visit.
extension ScreenModel {
  /// Says how many numbers have changed since the operator was last here.
  package func adopt(changed numbers: Set<PhoneNumber.ID>, since visit: Date) {
    state.adopt(changed: numbers)
    revision += 1
    guard !numbers.isEmpty else { return }
    let what = numbers.count == 1 ? "1 number has" : "\(numbers.count) numbers have"
    let age = Age(.seconds(time.now.date.timeIntervalSince(visit))).text
    announce("\(what) changed since your last visit \(age) ago: /@changed shows them.")
  }
}
