import TestSupport
import Testing

/// Keys through a real line, ncurses and the decoder.
@Suite(.serialized)
struct TypingTests {
  @Test(
    "Keys arrive under their names",
    arguments: [
      ("j", "j"), ("é", "é"), ("日", "日"), (" ", "Space"), ("\r", "Enter"), ("\t", "Tab"),
      ("\u{1B}", "Esc"), ("\u{7F}", "Backspace"), ("\u{3}", "ctrl-c"), ("\u{13}", "ctrl-s"),
      ("\u{16}", "ctrl-v"), ("\u{1C}", "ctrl-\\"), ("\u{1B}x", "alt-x"), ("\u{1B}[A", "Up"),
      ("\u{1B}OA", "Up"), ("\u{1B}[1;5A", "Up"), ("\u{1B}[H", "Home"), ("\u{1B}OF", "End"),
      ("\u{1B}[5~", "PgUp"), ("\u{1B}[6~", "PgDn"), ("\u{1B}[3~", "Delete"),
      ("\u{1B}[3;5~", "Delete"), ("\u{1B}[Z", "shift-Tab"), ("\u{1B}OP", "F1"),
      ("\u{1B}[24~", "F12"),
    ])
  func namesKeys(bytes: String, name: String) throws {
    let session = try ProbeSession()
    session.terminal.type(bytes)
    #expect(session.terminal.wait { $0.rows.contains("key \(name)") })
  }

  @Test("A letter in two pieces is one letter")
  func joinsPieces() throws {
    let session = try ProbeSession()
    session.terminal.type(bytes: [0xE6, 0x97])
    session.terminal.settle()
    session.terminal.type(bytes: [0xA5])
    #expect(session.terminal.wait(for: "key 日"))
  }

  @Test("A paste is one event, and no key in it counts")
  func collectsPaste() throws {
    let session = try ProbeSession()
    session.terminal.type("\u{1B}[200~q first\rqq\u{1B}[Aq\u{1B}[201~j")
    #expect(session.terminal.wait(for: "key j"))
    #expect(session.terminal.screen.text.contains("paste 11 q first qqq"))
  }

  @Test("A paste without an end does not deafen the keyboard")
  func endsUnfinishedPaste() throws {
    let session = try ProbeSession()
    session.terminal.type("\u{1B}[200~lost")
    #expect(session.terminal.wait(for: "paste 4 lost"))
    session.terminal.type("j")
    #expect(session.terminal.wait(for: "key j"))
  }

  @Test("A large paste arrives up to the limit, and the next key counts")
  func cutsLargePaste() throws {
    let session = try ProbeSession()
    session.terminal.type("\u{1B}[200~" + String(repeating: "x", count: 200_000) + "\u{1B}[201~j")
    #expect(session.terminal.wait(for: "key j"))
    #expect(session.terminal.screen.text.contains("paste 65536 x"))
  }

  @Test("A message from another thread ends the wait")
  func wakesForMail() throws {
    let session = try ProbeSession()
    session.terminal.type("m")
    #expect(session.terminal.wait { $0.rows.contains("mail") })
  }
}
