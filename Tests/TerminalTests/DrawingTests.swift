import Screen
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite(.serialized)
struct DrawingTests {
  @Test(
    "The terminal shows what the canvas holds, frame after frame",
    arguments: [
      ("xterm-256color", 80, 24), ("tmux-256color", 81, 7), ("linux", 37, 12), ("vt100", 80, 24),
      ("screen-256color", 100, 9), ("xterm", 64, 16),
    ])
  func showsCanvas(type: String, columns: Int, rows: Int) throws {
    let size = Size(columns: columns, rows: rows)
    let session = try ProbeSession(environment: ["TERM": type], size: size)
    var canvases = RandomCanvases(seed: 1, size: size)
    for frame in 1...40 {
      let canvas = canvases.next()
      session.terminal.type("r")
      let isShown = session.terminal.wait { $0.rows == canvas.trimmedRows }
      try #require(isShown, "frame \(frame): \(session.terminal.screen.rows) \(canvas.trimmedRows)")
      if let cursor = canvas.cursor {
        #expect(session.terminal.wait { $0.cursor == cursor && $0.privateModes.contains(25) })
      }
    }
    #expect(session.terminal.screen.unknownSequences == [])
  }

  @Test("The same canvas again sends no byte")
  func sendsNothingForNothing() throws {
    let session = try ProbeSession()
    session.terminal.settle()
    let start = session.terminal.output.count
    session.terminal.type("n")
    session.terminal.settle()
    #expect(session.terminal.output(since: start) == [])
  }

  @Test("A changed figure sends little")
  func sendsLittleForLittle() throws {
    let session = try ProbeSession()
    session.terminal.settle()
    let start = session.terminal.output.count
    session.terminal.type("j")
    #expect(session.terminal.wait(for: "key j"))
    session.terminal.settle()
    #expect(session.terminal.output(since: start).count < 40)
  }

  @Test(
    "A gap goes on in the style before it where it looks the same, and only there",
    arguments: [false, true])
  func gapsGoOn(isMonochrome: Bool) throws {
    let session = try ProbeSession(environment: ["NO_COLOR": isMonochrome ? "1" : ""])
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(text.contains("g0   \u{1B}"))
    // The second is red in one case and reversed in the other, the third has a background or a line.
    #expect(text.contains("g1   \u{1B}") == !isMonochrome)
    #expect(text.contains("g1\u{1B}") == isMonochrome)
    #expect(text.contains("g2\u{1B}"))
    #expect(text.contains("l0        \u{1B}") == !isMonochrome)
    // Nine are too many; ncurses moves the cursor over them.
    #expect(!text.contains("l1    ") && !text.contains("l3    "))
    #expect(text.contains("日   \u{1B}") == !isMonochrome)
  }

  @Test("A new size is drawn whole, and only the last of a burst")
  func followsSize() throws {
    let session = try ProbeSession()
    session.terminal.settle()
    for size in [(40, 10), (132, 50), (100, 30)] {
      session.terminal.resize(to: Size(columns: size.0, rows: size.1))
    }
    #expect(session.terminal.wait(for: "resized 100x30"))
    #expect(session.terminal.wait { $0.rows[29] == String(repeating: " ", count: 99) + "X" })
    #expect(session.terminal.screen.text.contains("ready 100x30"))
  }

  @Test("The bell rings, and the title carries no control character")
  func ringsAndNames() throws {
    let session = try ProbeSession()
    session.terminal.type("bt")
    #expect(session.terminal.wait { $0.bellCount == 1 && $0.title != nil })
    #expect(session.terminal.screen.title == "a\u{FFFD}]0;b\u{FFFD}\u{FFFD}c é")
    session.terminal.type("q")
    #expect(session.terminal.waitForExit() == .exited(0))
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(text.contains("\u{1B}[22;2t") && text.contains("\u{1B}[23;2t"))
  }

  @Test("A title is left alone where none is known")
  func leavesTitleAlone() throws {
    let session = try ProbeSession(environment: ["TERM": "vt100"])
    session.terminal.type("tb")
    #expect(session.terminal.wait { $0.bellCount == 1 })
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(!text.contains("\u{1B}]") && !text.contains("2004"))
  }
}

extension Canvas {
  /// The rows as the model of a terminal gives them, without blanks at their ends.
  var trimmedRows: [String] {
    textRows.map { row in
      String(row.prefix(row.count - row.reversed().prefix { $0 == " " }.count))
    }
  }
}
