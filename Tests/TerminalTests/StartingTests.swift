import Screen
import TestSupport
import Testing

@Suite(.serialized)
struct StartingTests {
  @Test(
    "Colors follow the terminal type",
    arguments: [
      ("xterm-256color", "twoHundredFiftySix"), ("tmux-256color", "twoHundredFiftySix"),
      ("screen-256color", "twoHundredFiftySix"),
      ("xterm", "eight"), ("linux", "eight"), ("vt100", "none"),
    ])
  func findsColorDepth(type: String, depth: String) throws {
    let session = try ProbeSession(environment: ["TERM": type])
    #expect(session.terminal.screen.text.contains("80x24 \(depth) UTF-8 true"))
    #expect(session.terminal.screen.unknownSequences == [])
    #expect(session.terminal.screen.rows[23].hasSuffix("X"))
  }

  @Test(
    "An unknown or missing terminal type starts all the same and says so",
    arguments: [
      (
        "xterm-unheard-of",
        "Terminal type \"xterm-unheard-of\" is unknown here; xterm-256color is used."
      ),
      ("", "TERM is not set; xterm-256color is used."),
    ])
  func replacesTerminalType(type: String, notice: String) throws {
    let session = try ProbeSession(environment: ["TERM": type])
    #expect(session.terminal.screen.text.contains(notice))
  }

  @Test("A terminal that cannot move its cursor is refused, untouched")
  func refusesDumbTerminal() throws {
    let session = try ProbeSession(environment: ["TERM": "dumb"], waitsForScreen: false)
    #expect(session.terminal.waitForExit() == .exited(2))
    #expect(
      session.terminal.screen.text.contains("The terminal type \"dumb\" cannot move its cursor"))
    #expect(!session.terminal.output.contains(0x1B))
    session.expectClean()
  }

  @Test("A pipe is refused")
  func refusesPipe() throws {
    let terminal = try PseudoTerminal()
    let probe = BuiltProduct.path(of: "terminal-probe")
    try terminal.start(
      "/bin/sh", arguments: ["-c", "\(probe) | cat; \(probe) < /dev/null"],
      environment: ProbeSession.environment([:]))
    #expect(terminal.waitForExit() == .exited(2))
    let sentence = "The dashboard needs a terminal"
    #expect(
      terminal.screen.text.split(separator: sentence, omittingEmptySubsequences: false).count == 3)
  }

  @Test("Any locale starts", arguments: ["C.UTF-8", "C", "POSIX", "", "xx_YY.UTF-8"])
  func startsInAnyLocale(_ locale: String) throws {
    let session = try ProbeSession(environment: ["LANG": locale])
    #expect(session.terminal.screen.text.contains("UTF-8 true"))
    #expect(session.terminal.screen.rows[1] == "wide 日本 é e\u{301} ─▏●")
  }

  @Test("Without colors no color is sent, and attributes are")
  func keepsMonochrome() throws {
    let session = try ProbeSession(environment: ["NO_COLOR": "1"])
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(text.contains("\u{1B}[4m") || text.contains(";4m"))
    #expect(!text.contains("\u{1B}[3") && !text.contains(";5;"))
  }

  @Test("Bright colors of an eight-color terminal are bold")
  func makesBrightBold() throws {
    let session = try ProbeSession(environment: ["TERM": "xterm"])
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(text.contains("\u{1B}[0;1m\u{1B}[33m"))
    #expect(!text.contains("\u{1B}[9"))
  }

  @Test("LINES and COLUMNS do not hide the real size")
  func ignoresSizeVariables() throws {
    let session = try ProbeSession(environment: ["LINES": "10", "COLUMNS": "20"])
    #expect(session.terminal.screen.text.contains("80x24"))
  }

  @Test("The smallest window starts", arguments: [(1, 1), (2, 1), (1, 3)])
  func startsInTinyWindow(columns: Int, rows: Int) throws {
    let session = try ProbeSession(
      size: Size(columns: columns, rows: rows), waitsForScreen: false)
    #expect(session.terminal.wait { $0.rows[rows - 1].hasSuffix("X") })
    session.terminal.type("q")
    #expect(session.terminal.waitForExit() == .exited(0))
    session.expectClean()
  }
}
