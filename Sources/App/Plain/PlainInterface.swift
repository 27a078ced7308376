import AsyncAlgorithms
import Canvas
import Glibc
import Health
import Monitor
import Screens
import ServiceLifecycle

/// The dashboard as lines of text, for screen readers and logs.
///
/// It needs no terminal. Commands are lines too. If the input is a terminal, the program ends with
/// it; otherwise printing continues.
@MainActor
final class PlainInterface: Service {
  private enum Wake: Sendable {
    case typed(String)
    case inputEnded
    case modelChanged
  }

  let model: ScreenModel
  private let changes: ChangeLog
  private let polling: PollingService
  private let reload: ConfigurationReload?
  /// Does what the operator says for all.
  private let operators: OperatorService?
  private let title: String
  private let time: any TimeSource
  private var journal = PlainJournal()
  private var losesLines = false

  /// - Parameters:
  ///   - model: The model.
  ///   - changes: The changes of the model's monitor.
  ///   - polling: Starts at once.
  ///   - reload: Reloads the configuration; nil if there is none.
  ///   - operators: Acknowledges and mutes.
  ///   - title: The title for the first line.
  ///   - time: The clock.
  init(
    model: ScreenModel,
    changes: ChangeLog,
    polling: PollingService,
    reload: ConfigurationReload?,
    operators: OperatorService? = nil,
    title: String,
    time: any TimeSource
  ) {
    self.model = model
    self.changes = changes
    self.polling = polling
    self.reload = reload
    self.operators = operators
    self.title = title
    self.time = time
  }

  func run() async throws {
    write(journal.stamped(["\(title); type help for commands"], at: time.now))
    polling.begin()
    let ticker = Ticker(changesOf: model, time: time)
    defer { ticker.stop() }
    let typed = chain(InputLines.stream().map(Wake.typed), [Wake.inputEnded].async)
    let wakes = merge(typed, ticker.events.map { Wake.modelChanged })
    for await wake in wakes.cancelOnGracefulShutdown() {
      switch wake {
      case .typed(let line):
        if await !answer(PlainCommand(line)) { return }
      case .inputEnded:
        if isatty(STDIN_FILENO) == 1 { return }
      case .modelChanged: break
      }
      // Nobody reads any longer.
      let changes = changes.take(upTo: model.state.changeCount)
      guard write(journal.lines(of: changes, in: model.state)) else { return }
    }
  }

  @discardableResult
  private func write(_ lines: [String]) -> Bool {
    let isMasked = model.state.shell.masksNumbers
    let shown = isMasked ? lines.map(NumberMask(sign: "*").text) : lines
    guard !shown.isEmpty else { return true }
    switch Output.attempt(shown.map { $0 + "\n" }.joined()) {
    case .written: losesLines = false
    case .unread: return false
    // Later lines may succeed.
    case .lost(let reason):
      if !losesLines { Output.error("wabatop: some lines could not be printed: \(reason)") }
      losesLines = true
    }
    return true
  }

  /// Returns whether to continue.
  private func answer(_ command: PlainCommand) async -> Bool {
    let answers = PlainAnswers(state: model.state)
    switch command {
    case .nothing: return true
    case .quit: return false
    case .help: return write(PlainCommand.helpLines)
    case .list(let wanted): return write(answers.list(wanted))
    case .show(let name): return write(answers.show(name))
    case .causes: return write(answers.causes)
    case .accounts: return write(answers.accounts)
    case .mistake(let text): return write([text.sanitized])
    case .filter(let text): return filter(by: text)
    case .poll(nil):
      await polling.pollAllNow()
      return write(["polling all numbers, within the budgets"])
    case .poll(let name?): return await poll(name, answers)
    case .acknowledge, .takeBack, .mute, .unmute: return await perform(command)
    case .reload:
      guard let reload else { return write(["there is no configuration to reload"]) }
      // The result is printed when the configuration has been read.
      Task { await reload.reload(isAsked: true) }
      return true
    }
  }

  private func perform(_ command: PlainCommand) async -> Bool {
    do throws(CommandFailure) {
      if let action = try action(of: command) { await operators?.perform(action) }
      return true
    } catch {
      return write([error.text.sanitized])
    }
  }

  private func filter(by text: String) -> Bool {
    do {
      _ = try Filter(text)
    } catch {
      return write([error.message.sanitized])
    }
    _ = model.perform(.filter(text))
    let count = model.state.list.rows.count
    return write([text.isEmpty ? "no filter" : "\(count) numbers pass the filter"])
  }

  private func poll(_ name: String, _ answers: PlainAnswers) async -> Bool {
    switch answers.record(named: name) {
    case .success(let record):
      await polling.pollNow([record.id])
      return write(["polling \(PlainWords.title(of: record))"])
    case .failure(let failure): return write([failure.text])
    }
  }
}
