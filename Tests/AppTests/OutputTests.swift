import Glibc
import TestSupport
import Testing

@testable import App

struct OutputTests {
  @Test func `a disk that is full is told, and half of an output is no output`() throws {
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    #expect(Output.attempt("text", to: full) == .lost("No space left on device"))
    #expect(!Output.write("text", to: full))
    let failure = #expect(throws: CommandFailure.self) { try Output.deliver("text", to: full) }
    #expect(failure?.text == "the output could not be written: No space left on device")
  }

  @Test func `a simulator whose configuration nobody can read doesn't start`() throws {
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    let lost = #expect(throws: CommandFailure.self) {
      try SimulateCommand.announce("keys", to: full)
    }
    #expect(lost?.text == "the configuration could not be written: No space left on device")
    let closed = #expect(throws: CommandFailure.self) {
      try SimulateCommand.announce("keys", to: -1)
    }
    #expect(closed?.text == "the configuration could not be written: Bad file descriptor")
    let unreadPipe = try pipeThatNobodyReads()
    defer { close(unreadPipe) }
    let unread = #expect(throws: CommandFailure.self) {
      try SimulateCommand.announce("keys", to: unreadPipe)
    }
    #expect(unread?.text == "the configuration could not be written: nobody reads it")
  }

  @Test func `a reader that has seen enough is no failure`() throws {
    let unread = try pipeThatNobodyReads()
    defer { close(unread) }
    #expect(Output.attempt("text", to: unread) == .unread)
    try Output.deliver("text", to: unread)
  }

  private func pipeThatNobodyReads() throws -> Int32 {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    // As the program does: a pipe that nobody reads is an error of writing, not the end of it.
    signal(SIGPIPE, SIG_IGN)
    return ends[1]
  }

  @Test func `a reader that is slow is waited for`() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    try #require(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
    let text = String(repeating: "0123456789", count: 50_000)
    // On another thread than this, which the reading holds up.
    let outcome = RealTime.start {
      defer { close(writing) }
      return Output.attempt(text, to: writing)
    }
    var received = 0
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(reading, &buffer, buffer.count), count > 0 { received += count }
    close(reading)
    #expect(received == text.utf8.count)
    #expect(try await outcome.value == .written)
  }
}
