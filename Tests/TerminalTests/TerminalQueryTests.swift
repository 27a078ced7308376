import Testing

@testable import Canvas
@testable import Terminal

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct TerminalQueryTests {
  @Test(arguments: [
    ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?64;1;2c", "#ffffff", ""),
    ("\u{1B}]11;rgb:28/28/28\u{7}\u{1B}[?1;2c", "#282828", ""),
    ("\u{1B}]11;rgb:f/8/0\u{7}\u{1B}[?6c", "#ff8800", ""),
    ("\u{1B}]11;rgba:0000/2b2b/3636/ffff\u{7}\u{1B}[?6c", "#002b36", ""),
    ("\u{1B}[?1;2c", nil, ""), ("\u{1B}]11;rgb:xx/yy/zz\u{7}\u{1B}[?6c", nil, ""),
    ("j\u{1B}[?6cq", nil, "jq"), ("\u{1B}[A\u{1B}q\u{1B}[?6c", nil, "\u{1B}[A\u{1B}q"),
    ("é\u{1B}]11;rgb:00/00/00\u{7}/\u{1B}[?6c", "#000000", "é/"),
  ])
  func `an answer is told from keys`(bytes: String, background: String?, keys: String) {
    for size in [1, 3, 100] {
      var answer = TerminalAnswer()
      var rest = Array(bytes.utf8)[...]
      while !rest.isEmpty {
        answer.receive(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(answer.isComplete)
      #expect(answer.background == background.flatMap { Color(hex: $0) })
      #expect(answer.keys == Array(keys.utf8))
    }
  }

  @Test func `modes are known by their answers, and no keys`() {
    var answer = TerminalAnswer()
    answer.receive("a\u{1B}[?1004;2$y\u{1B}[?2031;0$yb\u{1B}[?64c".utf8)
    #expect(answer.isComplete)
    #expect(answer.modes == [.focusReports])
    #expect(answer.keys == Array("ab".utf8))
  }

  @Test(arguments: ["\u{1B}]11;rgb:1a", "\u{1B}[?1004;2", "\u{1B}", "\u{1B}]11;rgb:1/2/3\u{1B}"])
  func `an answer that is cut by the time limit goes on between the keys`(start: String) {
    var answer = TerminalAnswer()
    answer.receive("j\(start)".utf8)
    #expect(answer.rest == Array("j\(start)".utf8))
  }

  @Test func `keys alone are no answer`() {
    var answer = TerminalAnswer()
    answer.receive("abc\u{1B}[A".utf8)
    #expect(!answer.isComplete)
    #expect(answer.background == nil)
  }

  @Test func `what is no terminal is not asked`() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(!TerminalQuery.ask(ends[0]).isComplete)
    for end in ends { close(end) }
  }
}
