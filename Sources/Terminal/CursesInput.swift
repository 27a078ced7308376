import CNcurses
import Canvas
import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Keys, resizes and stops, as one stream of events.
///
/// It sleeps until a descriptor is readable, then reads all that is there. The stream ends when the
/// terminal goes away: otherwise failing reads would keep a core busy for days.
@MainActor
final class CursesInput {
  let events: AsyncStream<TerminalEvent>
  private let continuation: AsyncStream<TerminalEvent>.Continuation
  private let window: UnsafeMutablePointer<WINDOW>
  private let descriptor: Int32
  private let signalDescriptor: Int32
  private let isPaused = Mutex(false)
  private var decoder = KeyDecoder()
  private var numberOfReads = 0
  private var isAskingForBackground = false
  private let modes: TerminalModes
  // Sources may be cancelled from any thread; everything else happens here.
  private nonisolated(unsafe) let keySource: any DispatchSourceRead
  private nonisolated(unsafe) let signalSource: (any DispatchSourceRead)?

  init(window: UnsafeMutablePointer<WINDOW>, descriptor: Int32, modes: TerminalModes) {
    (events, continuation) = AsyncStream.makeStream()
    self.modes = modes
    self.window = window
    self.descriptor = descriptor
    signalDescriptor = cn_signals_open()
    keySource = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    signalSource =
      signalDescriptor < 0
      ? nil : DispatchSource.makeReadSource(fileDescriptor: signalDescriptor, queue: .main)
    keySource.setEventHandler { [weak self] in
      MainActor.assumeIsolated { self?.readKeys() }
    }
    signalSource?.setEventHandler { [weak self] in
      MainActor.assumeIsolated { self?.readSignals() }
    }
    keySource.activate()
    signalSource?.activate()
  }

  /// Takes what came before curses read anything, which may end within an answer.
  func begin(with bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    handle(scalars.map { .character($0.value) })
  }

  /// Stops reading while the terminal belongs to a shell, because reading would stop the process.
  func pause(_ isToPause: Bool) {
    isPaused.withLock { isPaused in
      guard isPaused != isToPause else { return }
      isPaused = isToPause
      if isToPause { keySource.suspend() } else { keySource.resume() }
    }
  }

  /// Ends the stream; nothing is read after this.
  nonisolated func stop() {
    keySource.cancel()
    // A suspended source must not be released.
    isPaused.withLock { isPaused in
      if isPaused { keySource.resume() }
      isPaused = false
    }
    signalSource?.cancel()
    continuation.finish()
  }

  private func readKeys() {
    guard !keySource.isCancelled else { return }
    var inputs: [RawInput] = []
    var code: UInt32 = 0
    reading: while inputs.count < 4096 {
      switch cn_read(window, &code) {
      case CN_CHARACTER: inputs.append(.character(code))
      case CN_KEY where code == CursesKey.mouse:
        if let event = Self.takeMouse() { inputs.append(.mouse(event)) }
      case CN_KEY: inputs.append(.key(code))
      default: break reading
      }
    }
    handle(inputs)
    if inputs.isEmpty && cn_input_ended(descriptor) { stop() }
  }

  private func handle(_ inputs: [RawInput]) {
    let keys = decoder.keys(from: inputs)
    if !keys.isEmpty { continuation.yield(.keys(keys)) }
    receive(decoder.takeReports())
    numberOfReads += 1
    if decoder.isHolding { flushUnlessMoreComes(than: numberOfReads) }
  }

  /// Of reports that came together only the last of each kind counts: a flood of them costs one frame.
  private func receive(_ reports: [TerminalReport]) {
    var last: (background: Color?, hasFocus: Bool?)
    for report in reports {
      switch report {
      case .background(let color): last.background = color
      case .hasFocus(let hasFocus): last.hasFocus = hasFocus
      case .knows(let mode): modes.use(mode)
      case .colorsChanged: askForBackgroundSoon()
      }
    }
    if let color = last.background { continuation.yield(.background(color)) }
    if let hasFocus = last.hasFocus { continuation.yield(.focus(hasFocus)) }
  }

  /// Asks for the background, which decides between dark and light; delayed, because one change may
  /// be reported several times.
  private func askForBackgroundSoon() {
    guard !isAskingForBackground else { return }
    isAskingForBackground = true
    DispatchQueue.main.asyncAfter(deadline: .now() + Self.pauseAfterNewColors) { [weak self] in
      MainActor.assumeIsolated {
        guard let self else { return }
        self.isAskingForBackground = false
        self.modes.ask(TerminalQuery.backgroundQuestion)
      }
    }
  }

  private static let pauseAfterNewColors = DispatchTimeInterval.milliseconds(200)

  /// The end of a sequence or paste may be lost, so held keys are released after a while.
  private func flushUnlessMoreComes(than read: Int) {
    DispatchQueue.main.asyncAfter(deadline: .now() + Self.longestPause) { [weak self] in
      MainActor.assumeIsolated {
        guard let self, self.numberOfReads == read else { return }
        let keys = self.decoder.flush()
        if !keys.isEmpty { self.continuation.yield(.keys(keys)) }
      }
    }
  }

  /// Longer than any gap within a sequence, even on a slow line.
  private static let longestPause = DispatchTimeInterval.milliseconds(500)

  private static func takeMouse() -> MouseEvent? {
    var row: Int32 = 0
    var column: Int32 = 0
    let kind: MouseEvent.Kind
    switch cn_take_mouse(&row, &column) {
    case CN_MOUSE_PRESS: kind = .press
    case CN_MOUSE_WHEEL_UP: kind = .wheelUp
    case CN_MOUSE_WHEEL_DOWN: kind = .wheelDown
    default: return nil
    }
    return MouseEvent(kind, row: Int(row), column: Int(column))
  }

  private func readSignals() {
    guard let signalSource, !signalSource.isCancelled else { return }
    var letters = [UInt8](repeating: 0, count: 64)
    let count = read(signalDescriptor, &letters, letters.count)
    // Several resizes count as one.
    for letter in Set(letters.prefix(max(count, 0))).sorted() {
      switch letter {
      case UInt8(ascii: "c"): continuation.yield(.resumed)
      case UInt8(ascii: "w"): continuation.yield(.resized)
      default: continuation.yield(.suspendRequested)
      }
    }
  }
}
