import Screen
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A screen that something else has written on, and one whose size does not stand still.
@Suite(.serialized)
struct RepairTests {
  /// What a background job or `wall` leaves behind, with a scroll at its end.
  private static let foreign = "\u{1B}[5;1H\u{1B}[31mBroadcast message from root\r\nGo home\n\n\n\n"

  /// A session whose screen is spoilt, and the rows as they should be.
  private func spoilt() throws -> (session: ProbeSession, rows: [String]) {
    let session = try ProbeSession()
    session.terminal.settle()
    let rows = session.terminal.screen.rows
    session.terminal.spoil(with: Self.foreign)
    try #require(session.terminal.wait(for: "Broadcast message"))
    return (session, rows)
  }

  @Test("ctrl-l removes what something else has written")
  func repairsOnRequest() throws {
    var (session, rows) = try spoilt()
    session.terminal.type("\u{C}")
    rows[5] = "key ctrl-l"
    #expect(session.terminal.wait { $0.rows == rows }, "\(session.terminal.screen.text)")
  }

  @Test("SIGCONT after SIGSTOP removes it too, and sets the modes")
  func repairsOnContinue() throws {
    let (session, rows) = try spoilt()
    session.useMouse()
    session.terminal.signal(SIGSTOP)
    session.terminal.spoil(with: "\u{1B}[?25h\u{1B}[?1000l\u{1B}[?2004lshell")
    session.terminal.signal(SIGCONT)
    #expect(session.terminal.wait(for: "resumed"))
    session.terminal.settle()
    #expect(session.terminal.screen.rows.first == rows.first)
    #expect(!session.terminal.screen.text.contains("Broadcast"))
    #expect(!session.terminal.screen.text.contains("shell"))
    #expect(session.terminal.screen.privateModes.isSuperset(of: [1000, 1006, 2004]))
    session.terminal.type("q")
    #expect(session.terminal.waitForExit() == .exited(0))
    session.expectClean()
  }

  // The model of a terminal forgets its cells when its size changes, a real one does not.
  @Test("A new size clears the screen before it is drawn")
  func repairsOnResize() throws {
    let session = try spoilt().session
    let start = session.terminal.output.count
    session.terminal.resize(to: Size(columns: 90, rows: 25))
    #expect(session.terminal.wait(for: "resized 90x25"))
    session.terminal.settle()
    let text = String(decoding: session.terminal.output(since: start), as: UTF8.self)
    #expect(text.contains("\u{1B}[2J"))
    #expect(session.terminal.screen.rows[24] == String(repeating: " ", count: 89) + "X")
  }

  @Test("After a storm of a hundred sizes the last one is drawn whole")
  func survivesStorm() throws {
    let session = try ProbeSession()
    session.terminal.settle()
    for step in 1...100 {
      session.terminal.resize(to: Size(columns: 1 + step * 37 % 200, rows: 1 + step * 13 % 60))
    }
    session.terminal.resize(to: Size(columns: 100, rows: 30))
    #expect(session.terminal.wait(for: "resized 100x30"))
    #expect(session.terminal.wait { $0.rows[29] == String(repeating: " ", count: 99) + "X" })
    #expect(session.terminal.screen.text.contains("ready 100x30"))
    session.terminal.type("q")
    #expect(session.terminal.waitForExit() == .exited(0))
    session.expectClean()
  }

  #if os(Linux)
  @Test("A terminal that takes no output costs no processor time")
  func waitsWithoutWork() throws {
    let session = try ProbeSession()
    session.terminal.type("5")
    let second = Duration.seconds(1)
    #expect(session.terminal.waitForExit(atMost: second / 2, isReading: false) == nil)
    let before = try #require(ProcessorTime.used(by: session.terminal.process))
    #expect(session.terminal.waitForExit(atMost: second, isReading: false) == nil)
    let after = try #require(ProcessorTime.used(by: session.terminal.process))
    #expect(after - before <= .milliseconds(20))
  }
  #endif
}
