import Screen
import TestSupport
import Testing

@testable import Terminal

/// Reports of the mouse, decoded from bytes.
struct MouseReportTests {
  private func decode(_ text: String) -> [InputEvent] {
    var decoder = KeyDecoder()
    return decoder.decode(text.utf8.map { .byte($0) })
  }

  @Test(
    "Presses and the wheel are told with their cell",
    arguments: [
      ("\u{1B}[<0;1;1M", .press(.left), 0, 0), ("\u{1B}[<1;10;5M", .press(.middle), 9, 4),
      ("\u{1B}[<2;300;100M", .press(.right), 299, 99), ("\u{1B}[<64;3;4M", .wheelUp, 2, 3),
      ("\u{1B}[<65;3;4M", .wheelDown, 2, 3),
      // Shift, Alt and Ctrl.
      ("\u{1B}[<4;2;2M", .press(.left), 1, 1), ("\u{1B}[<24;2;2M", .press(.left), 1, 1),
      // The form of terminals that do not know mode 1006.
      ("\u{1B}[M !!", .press(.left), 0, 0), ("\u{1B}[M`*%", .wheelUp, 9, 4),
    ] as [(String, MouseEvent.Action, Int, Int)])
  func decodes(text: String, action: MouseEvent.Action, column: Int, row: Int) {
    let expected = MouseEvent(action, at: Point(column: column, row: row))
    #expect(decode(text) == [.mouse(expected)])
  }

  @Test(
    "What is no press and what is malformed is swallowed whole, and the next key counts",
    arguments: [
      "\u{1B}[<0;10;10m", "\u{1B}[<32;10;10M", "\u{1B}[<35;10;10M", "\u{1B}[<66;1;1M",
      "\u{1B}[<128;1;1M", "\u{1B}[<3;1;1M", "\u{1B}[<0;0;1M", "\u{1B}[<0;1M", "\u{1B}[<0;1;1;1M",
      "\u{1B}[<;;M", "\u{1B}[<0;-1;1M", "\u{1B}[<M", "\u{1B}[<0;99999999999999999999;1M",
      "\u{1B}[M#!!", "\u{1B}[M !\u{20}",
    ])
  func swallows(text: String) {
    #expect(decode(text + "j") == [.key(.character("j"))])
  }

  @Test("A report may come in pieces, and no piece of it counts as a key")
  func waitsForTheRest() {
    let click = InputEvent.mouse(MouseEvent(.press(.left), at: Point(column: 80, row: 11)))
    for report in ["\u{1B}[<0;81;12M", "\u{1B}[M q,"] {
      let bytes = report.utf8.map { KeyCode.byte($0) }
      for cut in 3..<bytes.count {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array(bytes[..<cut])) == [])
        #expect(decoder.decode(Array(bytes[cut...])) == [click])
      }
    }
  }

  @Test("A report that is cut short takes no key with it")
  func endsCutReport() {
    var decoder = KeyDecoder()
    let cut = "\u{1B}[<0;1".utf8.map { KeyCode.byte($0) }
    #expect(decoder.decode(cut + [.key(.up), .byte(0x71)]).count == 2)
    #expect(decoder.decode(cut + "\u{1B}[<64;1;1M".utf8.map { .byte($0) }).count == 1)
  }
}

/// The mouse through a real line and ncurses.
@Suite(.serialized)
struct MouseTests {
  @Test(
    "The mouse is reported only while it is switched on",
    arguments: ["xterm-256color", "xterm", "tmux-256color", "screen-256color"])
  func switches(type: String) throws {
    let session = try ProbeSession(environment: ["TERM": type])
    #expect(session.terminal.screen.privateModes.isDisjoint(with: [1000, 1002, 1003, 1006]))
    session.useMouse()
    session.terminal.type("N")
    #expect(session.terminal.wait { $0.privateModes.isDisjoint(with: [1000, 1006]) })
  }

  @Test("Terminals without a mouse are left alone", arguments: ["linux", "vt100"])
  func leavesOthersAlone(type: String) throws {
    let session = try ProbeSession(environment: ["TERM": type])
    session.terminal.type("M")
    #expect(session.terminal.wait(for: "key M"))
    #expect(!String(decoding: session.terminal.output, as: UTF8.self).contains("?100"))
  }

  @Test(
    "Reports arrive as events, in either form, under every description",
    arguments: ["xterm-256color", "tmux-256color", "screen-256color"])
  func arrives(type: String) throws {
    let session = try ProbeSession(environment: ["TERM": type])
    session.useMouse()
    session.terminal.type("\u{1B}[<0;10;5M\u{1B}[<0;10;5m\u{1B}[<65;80;24Mj\u{1B}[M !!")
    #expect(session.terminal.wait(for: "press left 0,0"))
    let heard = session.terminal.screen.rows.filter { !$0.isEmpty }.suffix(5).dropLast()
    #expect(heard == ["press left 9,4", "wheel down 79,23", "key j", "press left 0,0"])
  }

  @Test("A report in two pieces is one event")
  func joinsPieces() throws {
    let session = try ProbeSession()
    session.useMouse()
    session.terminal.type("\u{1B}[<0;1")
    session.terminal.settle()
    session.terminal.type("0;5M")
    #expect(session.terminal.wait(for: "press left 9,4"))
  }
}
