import Screen
import Testing

@testable import Terminal

struct DisplayTests {
  @Test("The headless display returns scripted events at once and follows their size")
  func returnsScript() {
    let display = HeadlessDisplay(size: Size(columns: 80, rows: 24), sleep: { _ in })
    #expect(display.waitForEvents(timeout: .zero) == [])
    let size = Size(columns: 40, rows: 10)
    display.send([.key(.enter), .resized(size)])
    #expect(display.waitForEvents(timeout: nil) == [.key(.enter), .resized(size)])
    #expect(display.size == size)
    #expect(display.waitForEvents(timeout: .zero) == [])
  }

  @Test("The headless display sleeps as long as it is told, and only without events")
  func sleepsAsTold() {
    var sleeps: [Duration?] = []
    let display = HeadlessDisplay(size: Size(columns: 1, rows: 1), sleep: { sleeps.append($0) })
    _ = display.waitForEvents(timeout: .seconds(3))
    display.suspend()
    #expect(display.waitForEvents(timeout: .seconds(4)) == [.resumed])
    _ = display.waitForEvents(timeout: nil)
    #expect(sleeps == [.seconds(3), nil])
  }

  @Test("The headless display keeps the last canvas and counts frames")
  func keepsCanvas() {
    let display = HeadlessDisplay(size: Size(columns: 5, rows: 1))
    var canvas = Canvas(size: display.size)
    display.present(canvas)
    canvas.draw("now", at: Point(column: 0, row: 0), role: .text)
    display.present(canvas)
    #expect(display.canvas == canvas)
    #expect(display.frameCount == 2)
    display.setTitle("a\u{1B}b")
    #expect(display.title == "a\u{FFFD}b")
  }

  @Test(
    "Time-outs are rounded up to whole milliseconds",
    arguments: [
      (nil, -1), (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(33), 33),
      (.microseconds(33_001), 34), (.seconds(-1), 0), (.milliseconds(-1), 0),
      (.seconds(1_000_000_000_000), .max), (.seconds(Int64.max), .max),
    ] as [(Duration?, Int32)])
  func roundsTimeouts(timeout: Duration?, milliseconds: Int32) {
    #expect(timeout.wholeMilliseconds == milliseconds)
  }

  @Test("Signs that the C library measures otherwise are found")
  func findsDifferentWidths() {
    #expect(WidthCheck.differences { _ in 1 } == [])
    #expect(WidthCheck.differences { $0 == "◆" || $0 == "●" ? 2 : 1 } == ["◆", "●"])
  }

  @Test("Errors say what is wrong and what to do")
  func describesErrors() {
    #expect(
      "\(TerminalError.notATerminal)"
        == "The dashboard needs a terminal, and standard input or output is not one. "
        + "Run it in a terminal, or use \"burnwatch status\" for text.")
    #expect(
      "\(TerminalError.cannotPositionCursor(type: "dumb"))"
        == "The terminal type \"dumb\" cannot move its cursor, so the dashboard cannot be drawn. "
        + "Set TERM to the type of your terminal, or use \"burnwatch status\" for text.")
    #expect(
      "\(TerminalError.noTerminalDescription(type: "vt999"))"
        == "This machine has no description of the terminal type \"vt999\", nor of "
        + "xterm-256color, xterm or vt100. Install the terminfo database (package ncurses-base), "
        + "or set TERMINFO.")
    #expect(
      "\(TerminalError.noTerminalDescription(type: nil))".hasPrefix("TERM is not set, and this"))
    #expect(
      "\(TerminalError.system(reason: "Too many open files"))"
        == "The terminal could not be opened: Too many open files.")
  }

  @Test("Notices say what is different and what to do")
  func describesNotices() {
    #expect(
      "\(TerminalNotice.typeReplaced(wanted: "foot", used: "xterm"))"
        == "Terminal type \"foot\" is unknown here; xterm is used. Install its terminfo entry.")
    #expect(
      "\(TerminalNotice.typeReplaced(wanted: nil, used: "xterm"))"
        == "TERM is not set; xterm is used. Set TERM to the type of your terminal.")
    #expect(
      "\(TerminalNotice.notUTF8)"
        == "The locale is not UTF-8, so ASCII signs are used. Set LANG to a UTF-8 locale.")
    #expect(
      "\(TerminalNotice.differentWidths(["◆", "●"]))"
        == "The C library measures 2 of burnwatch's signs otherwise; they show as \"?\". "
        + "Press ~ for ASCII signs.")
  }
}
