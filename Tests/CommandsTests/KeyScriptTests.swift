import Reliability
import Screen
import Testing

@testable import Commands

/// The grammar of key scripts.
@Suite struct KeyScriptTests {
  @Test("A script is read line by line; blank lines and comments do not count")
  func reading() throws {
    let script = try KeyScript(
      parsing: """
        # open the worst
        key Enter ctrl-d

          type pay ments
        paste a b
        wait 1m30s
        resize 80x24
        screen
        roles
        expect PAGE  1
        reject nothing
        """)
    #expect(
      script.steps == [
        .keys([.enter, .control("d")]), .type("pay ments"), .paste("a b"), .wait(.seconds(90)),
        .resize(Size(columns: 80, rows: 24)), .screen, .roles, .expect("PAGE  1"),
        .reject("nothing"),
      ])
  }

  @Test("Lines may end as on any system")
  func lineEnds() throws {
    #expect(
      try KeyScript(parsing: "key j\r\nscreen\r\n").steps == [.keys([.character("j")]), .screen])
  }

  @Test(
    "A line that is no step is named with what to write",
    arguments: [
      ("dance", "use key, type, paste, wait, resize, screen, roles, expect or reject"),
      ("key", "name at least one key"),
      ("key Entr", "\"Entr\" is no key; names are as in the help, such as Enter, ctrl-d"),
      ("wait a while", "write a length such as 30s or 5m after wait"),
      ("resize 80", "write columns and rows such as 120x40 after resize"),
      ("resize 0x24", "write columns and rows such as 120x40 after resize"),
    ])
  func mistakes(_ line: String, _ hint: String) {
    #expect(throws: KeyScript.Mistake(line: 2, text: line, hint: hint)) {
      try KeyScript(parsing: "screen\n\(line)\nscreen")
    }
  }
}
